import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';

/** State of a queue. */
export type QueueState = {
  due: number;
  underWay: number;
  /** RFC 3339. */
  oldestDueAt?: string;
};

/** Options of {@link readQueueHealth}. */
export type ReadQueueHealthOptions = {
  knex: Knex;
  /** Looks, or evaluations. @defaultValue `work` */
  queue?: 'work' | 'verdict_work';
};

/** How many tasks of a queue are due and under way. */
export async function readQueueHealth(
  options: ReadQueueHealthOptions,
): Promise<QueueState> {
  const { knex, queue = 'work' } = options;
  const now = databaseTime(knex);
  const [due] = await knex(queue)
    .where('next_attempt_at', '<=', now)
    .count({ count: '*' })
    .min({ oldest: 'next_attempt_at' });
  const [underWay] = await knex(queue)
    .where('lease_expires_at', '>', now)
    .count({ count: '*' });
  return {
    due: Number(due.count),
    underWay: Number(underWay.count),
    oldestDueAt: due.oldest ?? undefined,
  };
}
