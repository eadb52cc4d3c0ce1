import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { isPostgres } from '../../databaseTime';
import { countedSummaries } from '../images/countedSummaries';

/** Things that came to the same under one version of a policy. */
export type PolicyOutcomeGroup = {
  policy: string;
  digest: string;
  /** What the rules came to in each place, as `ruleOutcomesOf` writes it; empty for what was written by an older version. */
  places: string[];
  count: number;
};

/** What is counted under each policy. */
export type PolicyOutcomes = {
  /** Each image once, wherever and for however many services it runs. */
  images: PolicyOutcomeGroup[];
  /** Each service once, over the images it runs. */
  services: PolicyOutcomeGroup[];
};

/** Options of {@link countPolicyOutcomes}. */
export type CountPolicyOutcomesOptions = {
  knex: Knex;
  visible: VisibleEntities;
};

/**
 * Counts what running images and services come to under each policy and rule, as far as the caller may see them. The
 * database groups what is alike: a fleet of twenty thousand images comes to some dozens of rows.
 */
export async function countPolicyOutcomes(
  options: CountPolicyOutcomesOptions,
): Promise<PolicyOutcomes> {
  const [images, services] = await Promise.all([
    groupsBy(
      options,
      options.knex.raw('coalesce(images.subject_key, images.running_image_id)'),
    ),
    groupsBy(options, options.knex.ref('images.entity_ref'), query =>
      query.whereNot('images.entity_ref', ''),
    ),
  ]);
  return { images, services };
}

async function groupsBy(
  options: CountPolicyOutcomesOptions,
  thing: Knex.Raw,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = query => query,
): Promise<PolicyOutcomeGroup[]> {
  const { knex } = options;
  const places = isPostgres(knex)
    ? 'string_agg(distinct verdicts.rule_outcomes, ?)'
    : // SQLite joins distinct values by a comma and takes no other separator.
      "replace(group_concat(distinct verdicts.rule_outcomes), ',', ?)";
  const things = narrow(countedSummaries(options))
    .join('verdicts', join =>
      join
        .on('verdicts.running_image_id', 'images.running_image_id')
        .andOn('verdicts.entity_ref', 'images.entity_ref'),
    )
    .groupBy('verdicts.policy_name', 'verdicts.policy_digest', thing)
    .select({
      policy: 'verdicts.policy_name',
      digest: 'verdicts.policy_digest',
      places: knex.raw(places, [',']),
    });
  const rows: {
    policy: string;
    digest: string;
    places: string | null;
    count: unknown;
  }[] = await knex
    .from(things.as('things'))
    .groupBy('policy', 'digest', 'places')
    .select('policy', 'digest', 'places')
    .count({ count: '*' });
  return rows.map(row => ({
    policy: row.policy,
    digest: row.digest,
    places: row.places?.split(',') ?? [],
    count: Number(row.count),
  }));
}
