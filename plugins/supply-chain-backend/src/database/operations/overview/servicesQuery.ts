import { Outcome } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { containing } from '../../containing';
import { digitPosition, outcomeDigit } from '../../../derivations/ruleOutcomes';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';

/** What the overview is narrowed to. */
export type ServiceFilter = {
  owners?: string[];
  system?: string;
  lifecycle?: string;
  cluster?: string;
  outcome?: Outcome;
  /** Outcome of the signature question. */
  signature?: Outcome;
  /** Outcome of the question whether it was built from our repository. */
  provenance?: Outcome;
  /** Outcome of the question whether it comes from an allowed registry. */
  registry?: Outcome;
  /** Outcome of the question whether it was scanned lately. */
  scan?: Outcome;
  policy?: PolicyFilter;
  /** Part of a service name, image repository or digest. */
  search?: string;
};

/** Services a policy covers. */
export type PolicyFilter = {
  name: string;
  /** Of the version in force; `undefined` when no such policy is: then nothing is covered by it. */
  digest: string | undefined;
  /** Position of a rule in the policy; `undefined`: the policy as a whole. */
  rule?: number;
  /** What they come to under it. */
  outcome?: Outcome;
};

/** Options of {@link servicesQuery}. */
export type ServicesQueryOptions = {
  knex: Knex;
  visible: VisibleEntities;
  filter: ServiceFilter;
};

function lowerCase(text: string): string {
  return text.toLocaleLowerCase('en-US');
}

/** What a service runs now; what it ran last where nothing runs now. */
function runsOf(knex: Knex): Knex.QueryBuilder {
  return knex('running_image_entities as links')
    .join('running_images as runs', 'runs.id', 'links.running_image_id')
    .whereRaw('links.entity_ref = entities.ref')
    .where('runs.annotated', false)
    .where(run =>
      run.where('runs.running', true).orWhere('summaries.running', false),
    )
    .select(knex.raw('1'));
}

/** Services by an image that they run or ran, and whether it runs. */
function servicesWith(knex: Knex, like: string): Knex.QueryBuilder {
  return knex('running_images as runs')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'runs.id',
    )
    .where('runs.annotated', false)
    .where(run =>
      run
        .whereRaw("lower(runs.image_ref) like ? escape '\\'", [like])
        .orWhereRaw("runs.subject_key like ? escape '\\'", [like]),
    )
    .groupBy('links.entity_ref')
    .select('links.entity_ref', {
      running: knex.raw('max(case when runs.running then 1 else 0 end)'),
    });
}

/** Joined, not asked per service: so the images are looked through once. */
function applySearch(
  knex: Knex,
  query: Knex.QueryBuilder,
  search: string,
): void {
  const like = containing(search);
  query.leftJoin(
    servicesWith(knex, like).as('found'),
    'found.entity_ref',
    'entities.ref',
  );
  query.where(inner =>
    inner
      .whereRaw("lower(entities.ref) like ? escape '\\'", [like])
      .orWhereRaw("lower(coalesce(entities.title, '')) like ? escape '\\'", [
        like,
      ])
      .orWhere('found.running', 1)
      // What it ran last counts where nothing runs now.
      .orWhere(stopped =>
        stopped.where('summaries.running', false).where('found.running', 0),
      ),
  );
}

/** The services whose running images come to this under a policy: counted as `countPolicyOutcomes` counts them. */
function servicesUnder(knex: Knex, policy: PolicyFilter): Knex.QueryBuilder {
  const { name, digest, rule, outcome } = policy;
  const services = knex('verdicts')
    .where({
      'verdicts.policy_name': name,
      'verdicts.policy_digest': digest ?? '',
    })
    .whereNotNull('verdicts.counted_key')
    .groupBy('verdicts.entity_ref')
    .select('verdicts.entity_ref');
  if (outcome) {
    services.havingRaw('min(substr(verdicts.rule_outcomes, ?, 1)) = ?', [
      digitPosition(rule),
      outcomeDigit(outcome),
    ]);
  }
  return services;
}

/**
 * Services with a verdict that the caller may see and the filter leaves: `entities` joined with
 * `entity_summaries as summaries`. Every list, count and figure of the overview starts here (L33).
 */
export function servicesQuery(
  options: ServicesQueryOptions,
): Knex.QueryBuilder {
  const { knex, visible, filter } = options;
  const query = knex('entities').join(
    'entity_summaries as summaries',
    'summaries.entity_ref',
    'entities.ref',
  );
  applyVisibility(knex, query, visible);
  if (filter.owners?.length) {
    query.whereIn('entities.owner', filter.owners.map(lowerCase));
  }
  if (filter.system) {
    query.where('entities.system', lowerCase(filter.system));
  }
  if (filter.lifecycle) {
    query.where('entities.lifecycle', filter.lifecycle);
  }
  if (filter.outcome) {
    query.where('summaries.outcome', filter.outcome);
  }
  if (filter.signature) {
    query.where('summaries.signature_outcome', filter.signature);
  }
  if (filter.provenance) {
    query.where('summaries.provenance_outcome', filter.provenance);
  }
  if (filter.registry) {
    query.where('summaries.registry_outcome', filter.registry);
  }
  if (filter.scan) {
    query.where('summaries.scan_outcome', filter.scan);
  }
  if (filter.policy) {
    query.whereIn('entities.ref', servicesUnder(knex, filter.policy));
  }
  if (filter.cluster) {
    query.whereExists(runsOf(knex).where({ 'runs.cluster': filter.cluster }));
  }
  if (filter.search) {
    applySearch(knex, query, filter.search);
  }
  return query;
}
