import { MetricAttributes } from '@backstage/backend-plugin-api/alpha';
import { OutcomeCounts } from 'backstage-plugin-supply-chain-common';
import { QueueState } from '../database/operations/sources/readQueueHealth';
import { PortalState } from './readPortalState';

/** A number with what it is about. */
export type Sample = [value: number, attributes: MetricAttributes];

/** One gauge over {@link PortalState}. */
export type PortalGauge = {
  name: string;
  description: string;
  unit: string;
  samplesOf: (state: PortalState, now: Date) => Sample[];
};

const SOURCE_STATES = ['starting', 'ok', 'degraded', 'down', 'notInstalled'];

const QUESTIONS = ['signature', 'provenance', 'registry', 'scan'] as const;

/** Every gauge, in the order of docs/metrics.md. */
export const portalGauges: PortalGauge[] = [
  {
    name: 'supply_chain.queue.due',
    description: 'Tasks whose turn has come, those under way included',
    unit: '{task}',
    samplesOf: state => ofQueues(state, queue => queue.due),
  },
  {
    name: 'supply_chain.queue.under_way',
    description: 'Tasks a replica works on now',
    unit: '{task}',
    samplesOf: state => ofQueues(state, queue => queue.underWay),
  },
  {
    name: 'supply_chain.queue.oldest_due_age',
    description: 'How long the oldest due task has been due; 0 without one',
    unit: 's',
    samplesOf: (state, now) => ofQueues(state, queue => ageOf(queue, now)),
  },
  {
    name: 'supply_chain.sources.state',
    description: '1 for the state a source is in, 0 for the others',
    unit: '{source}',
    samplesOf: ({ sources }) =>
      sources.flatMap(({ kind, name, state }) =>
        SOURCE_STATES.map(
          (each): Sample => [
            each === state ? 1 : 0,
            { kind, name, state: each },
          ],
        ),
      ),
  },
  {
    name: 'supply_chain.services',
    description: 'Services that run or ran something, by outcome',
    unit: '{service}',
    samplesOf: ({ services }) => ofOutcomes(services),
  },
  {
    name: 'supply_chain.images',
    description:
      'Running images of services, each once, by how they answer a question',
    unit: '{image}',
    samplesOf: ({ images }) =>
      QUESTIONS.flatMap(question => ofOutcomes(images[question], { question })),
  },
  {
    name: 'supply_chain.workloads.unlinked',
    description: 'Workloads that belong to no entity',
    unit: '{workload}',
    samplesOf: ({ unlinked }) => [[unlinked, {}]],
  },
];

function ofQueues(
  { queues }: PortalState,
  valueOf: (queue: QueueState) => number,
): Sample[] {
  return Object.entries(queues).map(([queue, state]) => [
    valueOf(state),
    { queue },
  ]);
}

// Never below 0: due dates are of the database's clock (L26), which may run ahead of this one.
function ageOf({ oldestDueAt }: QueueState, now: Date): number {
  return oldestDueAt
    ? Math.max(0, (now.getTime() - Date.parse(oldestDueAt)) / 1_000)
    : 0;
}

function ofOutcomes(
  counts: OutcomeCounts,
  attributes: MetricAttributes = {},
): Sample[] {
  return Object.entries(counts).map(([outcome, count]) => [
    count,
    { ...attributes, outcome },
  ]);
}
