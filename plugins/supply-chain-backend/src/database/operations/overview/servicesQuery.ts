import { Outcome } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { containing } from '../../containing';
import { digitPosition, outcomeDigit } from '../../../derivations/ruleOutcomes';
import { applyVisibility } from '../../../permissions/applyVisibility';
import {
  seesEveryEntity,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';

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

/**
 * Refs of the services that run such an image; where nothing runs now, of those that ran it last. A list, not a question
 * per service: images are looked through once.
 */
function refsByImage(
  knex: Knex,
  isSuch: (run: Knex.QueryBuilder) => void,
): Knex.QueryBuilder {
  const refs = (running: boolean) =>
    knex('running_image_entities as links')
      .whereIn(
        'links.running_image_id',
        knex('running_images as runs')
          .where({ 'runs.annotated': false, 'runs.running': running })
          .where(isSuch)
          .select('runs.id'),
      )
      .select('links.entity_ref');
  const stopped = knex('entity_summaries as stopped')
    .where('stopped.running', false)
    .whereIn('stopped.entity_ref', refs(false))
    .select('stopped.entity_ref');
  return refs(true).unionAll(stopped);
}

/** Refs of the services that have this in their name, or in that of an image. */
function refsByText(knex: Knex, search: string): Knex.QueryBuilder {
  const like = containing(search);
  const byImage = refsByImage(knex, run =>
    run
      .whereRaw("lower(runs.image_ref) like ? escape '\\'", [like])
      .orWhereRaw("runs.subject_key like ? escape '\\'", [like]),
  );
  return knex('entities as named')
    .whereRaw("lower(named.ref) like ? escape '\\'", [like])
    .orWhereRaw("lower(coalesce(named.title, '')) like ? escape '\\'", [like])
    .select('named.ref')
    .unionAll(byImage);
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

/** Whether a filter leaves less than everything. */
export function isNarrowed(filter: ServiceFilter): boolean {
  return Object.values(filter).some(value => value !== undefined);
}

/** Whether all services are left, so that what is stored of them need not be compared with them. */
export function isEverything(
  options: Pick<ServicesQueryOptions, 'visible' | 'filter'>,
): boolean {
  return seesEveryEntity(options.visible) && !isNarrowed(options.filter);
}

/** All services with a verdict, whoever asks. */
export function joinedServices(knex: Knex): Knex.QueryBuilder {
  return knex('entities').join(
    'entity_summaries as summaries',
    'summaries.entity_ref',
    'entities.ref',
  );
}

/**
 * Services with a verdict that the caller may see and the filter leaves: `entities` joined with
 * `entity_summaries as summaries`. Every list, count and figure of the overview starts here (L33).
 */
export function servicesQuery(
  options: ServicesQueryOptions,
): Knex.QueryBuilder {
  const { knex, visible, filter } = options;
  const query = joinedServices(knex);
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
  const { cluster, search } = filter;
  if (cluster) {
    query.whereIn(
      'summaries.entity_ref',
      refsByImage(knex, run => run.where('runs.cluster', cluster)),
    );
  }
  if (search) {
    query.whereIn('summaries.entity_ref', refsByText(knex, search));
  }
  return query;
}

/** The same for what is asked of summaries alone: where everything is left, no service has to be looked for. */
export function summariesQuery(
  options: ServicesQueryOptions,
): Knex.QueryBuilder {
  return isEverything(options)
    ? options.knex('entity_summaries as summaries')
    : servicesQuery(options);
}
