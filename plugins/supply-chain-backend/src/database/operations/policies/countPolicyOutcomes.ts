import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { isPostgres } from '../../databaseTime';

/** Things that came to the same under a policy. */
export type PolicyOutcomeGroup = {
  /** What the rules came to in each place, as `ruleOutcomesOf` writes it; empty for what an older version wrote. */
  places: string[];
  count: number;
};

/** What is counted under one version of a policy. */
export type PolicyOutcomes = {
  /** Each image once, wherever and for however many services it runs. */
  images: PolicyOutcomeGroup[];
  /** Each service once, over the images it runs. */
  services: PolicyOutcomeGroup[];
  /** Images in a place where another version of the policy has the last word so far. */
  outdated: number;
};

/** Options of {@link countPolicyOutcomes}. */
export type CountPolicyOutcomesOptions = {
  knex: Knex;
  visible: VisibleEntities;
  policy: { name: string; digest: string };
};

/**
 * Counts what running images and services come to under each rule of a policy, as far as the caller may see them. The
 * database groups what is alike: a fleet of twenty thousand images comes to some dozens of rows. It reads an index from
 * end to end, so the cost grows with the images the policy covers.
 */
export async function countPolicyOutcomes(
  options: CountPolicyOutcomesOptions,
): Promise<PolicyOutcomes> {
  const [images, services, outdated] = await Promise.all([
    groupsBy(options, 'counted_key'),
    groupsBy(options, 'entity_ref'),
    countOutdated(options),
  ]);
  return { images, services, outdated };
}

type Thing = 'counted_key' | 'entity_ref';

async function groupsBy(
  options: CountPolicyOutcomesOptions,
  thing: Thing,
): Promise<PolicyOutcomeGroup[]> {
  const { knex, policy } = options;
  const places = isPostgres(knex)
    ? "string_agg(distinct rule_outcomes, ',')"
    : // SQLite joins distinct values by a comma and takes no other separator.
      'group_concat(distinct rule_outcomes)';
  const things = verdictsOf(options, thing)
    .where('policy_digest', policy.digest)
    .groupBy(thing)
    .select({ places: knex.raw(places) });
  const rows: { places: string | null; count: unknown }[] = await knex
    .from(things.as('things'))
    .groupBy('places')
    .select('places')
    .count({ count: '*' });
  return rows.map(row => ({
    places: row.places?.split(',') ?? [],
    count: Number(row.count),
  }));
}

async function countOutdated(
  options: CountPolicyOutcomesOptions,
): Promise<number> {
  const [{ count }] = await verdictsOf(options, 'counted_key')
    .whereNot('policy_digest', options.policy.digest)
    .countDistinct({ count: 'counted_key' });
  return Number(count);
}

/**
 * Verdicts that count, as far as the caller may see who runs the images (L33). `exists` and not `in`: an index is read
 * in the order of the groups, and each row asks for its entity, instead of every entity for its rows.
 */
function verdictsOf(
  { knex, visible, policy }: CountPolicyOutcomesOptions,
  thing: Thing,
): Knex.QueryBuilder {
  const entity = knex('entities')
    .whereRaw('entities.ref = verdicts.entity_ref')
    .select(knex.raw('1'));
  applyVisibility(knex, entity, visible);
  const isOfNoEntity = visible.unlinked && thing === 'counted_key';
  return knex('verdicts')
    .where('policy_name', policy.name)
    .whereNotNull('counted_key')
    .where(place => {
      place.whereExists(entity);
      if (isOfNoEntity) {
        place.orWhere('entity_ref', '');
      }
    });
}
