import {
  schema,
  OUTCOMES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { OverviewQuery } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useOverview } from './useOverview';
import { OWNER_ALL, OWNER_MINE, ownersOf } from './useOwnerFilter';
import { useOwnership } from './useOwnership';
import { usePageState, useUrlState } from './useUrlState';

/** Columns the backend sorts by. */
export type OverviewOrder = NonNullable<OverviewQuery['orderBy']>;

const ORDERS: readonly OverviewOrder[] = [
  'outcome',
  'name',
  'owner',
  'changed',
];

/** What the overview shows, as the address says. */
export type OverviewFilters = {
  /** `mine`, `all` or an entity ref. */
  owner: string;
  system?: string;
  lifecycle?: string;
  cluster?: string;
  outcome?: schema.Outcome;
  signature?: schema.Outcome;
  provenance?: schema.Outcome;
  registry?: schema.Outcome;
  scan?: schema.Outcome;
  /** Name of a policy; only services it covers. */
  policy?: string;
  /** Id of one of its rules. */
  rule?: string;
  /** What they come to under the policy or the rule. */
  policyOutcome?: schema.Outcome;
  search?: string;
  orderBy: OverviewOrder;
  order: 'asc' | 'desc';
};

function outcomeOf(text: string | undefined): schema.Outcome | undefined {
  return OUTCOMES_WORST_FIRST.find(outcome => outcome === text);
}

function readFilters(
  get: (name: string) => string | undefined,
): OverviewFilters {
  return {
    owner: get('owner') ?? OWNER_MINE,
    system: get('system'),
    lifecycle: get('lifecycle'),
    cluster: get('cluster'),
    outcome: outcomeOf(get('outcome')),
    signature: outcomeOf(get('signature')),
    provenance: outcomeOf(get('provenance')),
    registry: outcomeOf(get('registry')),
    scan: outcomeOf(get('scan')),
    policy: get('policy'),
    rule: get('rule'),
    policyOutcome: outcomeOf(get('policyOutcome')),
    search: get('search'),
    orderBy: ORDERS.find(order => order === get('orderBy')) ?? 'outcome',
    order: get('order') === 'desc' ? 'desc' : 'asc',
  };
}

/** The overview as filtered, with the query that gave it. */
export type FilteredOverview = {
  filters: OverviewFilters;
  /** The query without its page, for the export of exactly these rows. */
  query: OverviewQuery;
  overview: RemoteState<schema.Overview>;
};

/**
 * The overview under the filters of the address. Who owns nothing that runs gets everything instead of
 * an empty page, unless "owned by my teams" was asked for.
 */
export function useOverviewFilters(): FilteredOverview {
  const { get } = useUrlState();
  const { page, pageSize } = usePageState();
  const asked = readFilters(get);
  const ownership = useOwnership();
  const mine = ownership.status === 'ready' ? ownership.value : [];

  // The facets name every owner the user may see, whatever the filter; one row is enough to get them.
  const byDefault = get('owner') === undefined;
  const facets = useOverview({
    scope: 'facets',
    query: { limit: 1 },
    enabled: byDefault && mine.length > 0,
    live: false,
  });
  const known = facets.status === 'ready' ? facets.value.facets.owners : [];
  const ownsSomething = known.some(each => mine.includes(each));
  const undecided =
    byDefault &&
    (ownership.status === 'loading' ||
      (mine.length > 0 && facets.status === 'loading'));

  const { owner, owners } = ownersOf(
    byDefault && !ownsSomething ? OWNER_ALL : asked.owner,
    mine,
  );
  const filters = { ...asked, owner };
  const { owner: _owner, ...rest } = filters;
  const query = { ...rest, owner: owners };
  const overview = useOverview({
    query: { ...query, offset: page * pageSize, limit: pageSize },
    enabled: !undecided,
  });
  return { filters, query, overview };
}
