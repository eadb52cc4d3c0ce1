import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import { VerdictWorkRow } from '../../tables';

/** Options of {@link requestVerdicts}. */
export type RequestVerdictsOptions = {
  transaction: Knex | Knex.Transaction;
  runningImageIds: Iterable<string>;
};

/** Queues running images to be judged. One that is under way is done again, as its ticket changes. */
export async function requestVerdicts(
  options: RequestVerdictsOptions,
): Promise<void> {
  const { transaction } = options;
  // Sorted, so that two writers never wait for each other in a circle.
  const ids = [...new Set(options.runningImageIds)].sort();
  for (const chunk of chunksOf(ids)) {
    await transaction<VerdictWorkRow>('verdict_work')
      .insert(
        chunk.map(id => ({
          running_image_id: id,
          next_attempt_at: databaseTime(transaction) as never,
          attempts: 0,
          ticket: randomUUID(),
        })),
      )
      .onConflict('running_image_id')
      .merge();
  }
}
