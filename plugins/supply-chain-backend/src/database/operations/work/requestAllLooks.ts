import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { RunningImageRow, WorkRow } from '../../tables';

/** Options of {@link requestAllLooks}. */
export type RequestAllLooksOptions = { knex: Knex };

/** Makes a look due at everything that runs, for instance when trust changed. */
export async function requestAllLooks(
  options: RequestAllLooksOptions,
): Promise<void> {
  const { knex } = options;
  await knex<WorkRow>('work')
    .whereIn(
      'subject_key',
      knex<RunningImageRow>('running_images')
        .where({ running: true })
        .whereNotNull('subject_key')
        .select('subject_key'),
    )
    .update({
      next_attempt_at: databaseTime(knex) as never,
      attempts: 0,
      ticket: randomUUID(),
    });
}
