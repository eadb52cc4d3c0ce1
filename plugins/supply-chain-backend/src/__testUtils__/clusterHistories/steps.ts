import fc from 'fast-check';

/** How a request is answered wrongly. */
export const FAULTS = [
  'unauthorized',
  'forbidden',
  'absent',
  'unrouted',
  'expired',
  'throttled',
  'failing',
  'unavailable',
  'truncated',
  'html',
  'hanging',
  'older',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** What does not end by itself. */
export const OUTAGES = [
  'forbidden',
  'missing',
  'unreachable',
  'unauthorized',
  'failing',
  'throttled',
  'truncated',
  'html',
  'hanging',
  'noWatches',
] as const;
export type OutageName = (typeof OUTAGES)[number];

/** Which requests a fault meets. */
export const REQUESTS = {
  watch: 'watch=1',
  page: 'limit=',
  nextPage: 'continue=',
  cachedList: 'resourceVersion=0$',
  object: '/(?:[a-z-]+)-[0-9]+\\?',
} as const;
export type RequestName = keyof typeof REQUESTS;

/** A change of the cluster; `kind` and `name` are taken modulo what the feed under test reads. */
export type ObjectStep = {
  do: 'apply' | 'delete' | 'recreate' | 'churn';
  kind: number;
  name: number;
};

/** What the API server does wrong on its own account. */
const TROUBLES = [
  'dropWatches',
  'endWatches',
  'stallWatches',
  'breakEvent',
  'swapEvents',
  'malformedLine',
  'repeatEvents',
  'repeatReversed',
  'bookmark',
  'oldBookmark',
  'failWatches',
  'expireWatches',
  'compact',
  'compactAfterPage',
] as const;
export type TroubleName = (typeof TROUBLES)[number];

/** What happens to the replicas that read. */
const REPLICA_STEPS = ['restart', 'upgrade', 'takeOver'] as const;

/** One thing that happens. */
export type Step =
  | ObjectStep
  | { do: 'fill' | 'rescan'; kind: number }
  | { do: 'trouble'; trouble: TroubleName }
  | { do: 'endTrouble' | (typeof REPLICA_STEPS)[number] }
  | { do: 'limitPages' | 'lagCache' | 'lag'; by: number }
  | { do: 'fault'; fault: FaultName; request: RequestName; times: number }
  | {
      do: 'listInPages';
      by: number;
      fault: FaultName;
      request: 'page' | 'nextPage';
    }
  | { do: 'outage'; outage: OutageName }
  | { do: 'pass'; seconds: number };

/** How far the feed gets before the next step: some turns of the event loop, or until only time moves it on. */
export type Timed = { step: Step; then: number | 'settle' };

const kind = fc.nat(3);
const named = fc.record({
  do: fc.constantFrom(
    'apply' as const,
    'delete' as const,
    'recreate' as const,
    'churn' as const,
  ),
  kind,
  name: fc.nat(5),
});
const trouble = fc.record({
  do: fc.constant('trouble' as const),
  trouble: fc.constantFrom(...TROUBLES),
});
const ofReplicas = fc.record({
  do: fc.constantFrom('endTrouble' as const, ...REPLICA_STEPS),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: named },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('fill' as const, 'rescan' as const),
      kind,
    }),
  },
  { weight: 9, arbitrary: trouble },
  { weight: 3, arbitrary: ofReplicas },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'limitPages' as const,
        'lagCache' as const,
        'lag' as const,
      ),
      by: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom(...FAULTS),
      request: fc.constantFrom(
        ...(Object.keys(REQUESTS) as (keyof typeof REQUESTS)[]),
      ),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('listInPages' as const),
      by: fc.integer({ min: 1, max: 4 }),
      fault: fc.constantFrom(...FAULTS),
      request: fc.constantFrom('page' as const, 'nextPage' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('outage' as const),
      outage: fc.constantFrom(...OUTAGES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.integer({ min: 1, max: 400 }),
    }),
  },
);

/** A random history. */
export const history: fc.Arbitrary<Timed[]> = fc.array(
  fc.record({
    step,
    then: fc.oneof(fc.nat(15), fc.constant('settle' as const)),
  }),
  { minLength: 1, maxLength: 24, size: 'max' },
);

/** One line for each step, for the message of a failure. */
export function describeSteps(steps: readonly Timed[]): string {
  return steps.map(each => JSON.stringify(each)).join('\n');
}
