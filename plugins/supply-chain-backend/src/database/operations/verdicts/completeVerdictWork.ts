import { Knex } from 'knex';
import { JudgedTask, VerdictTask } from '../../../stores/VerdictStore';
import { databaseTime, isPostgres } from '../../databaseTime';
import { VerdictWorkRow } from '../../tables';

/** Options of {@link completeVerdictWork}. */
export type CompleteVerdictWorkOptions = {
  transaction: Knex.Transaction;
  task: VerdictTask;
  again?: JudgedTask['again'];
};

/**
 * Ends an evaluation: its row stays, with the instant at which the clock alone changes the verdict, or goes.
 * One requested again meanwhile, which its ticket shows, stays due. False when the lease was lost.
 */
export async function completeVerdictWork(
  options: CompleteVerdictWorkOptions,
): Promise<boolean> {
  const { transaction, task, again } = options;
  const mine = {
    running_image_id: task.runningImageId,
    lease_holder: task.lease,
  };
  const unchanged = { ...mine, ticket: task.ticket };
  const ended = again
    ? await transaction<VerdictWorkRow>('verdict_work')
        .where(unchanged)
        .update({
          lease_holder: null,
          lease_expires_at: null,
          attempts: 'afterMs' in again ? task.attempts + 1 : 0,
          next_attempt_at: nextAttempt(transaction, again) as never,
        })
    : await transaction<VerdictWorkRow>('verdict_work')
        .where(unchanged)
        .delete();
  if (ended > 0) {
    return true;
  }
  const freed = await transaction<VerdictWorkRow>('verdict_work')
    .where(mine)
    .update({ lease_holder: null, lease_expires_at: null });
  return freed > 0;
}

/** Never at once: while the clock of this replica is behind that of the database, "at" would be due again and again. */
const LEAST_PAUSE_MS = 1_000;

function nextAttempt(
  knex: Knex,
  again: NonNullable<JudgedTask['again']>,
): Knex.Raw {
  if ('afterMs' in again) {
    return databaseTime(knex, again.afterMs);
  }
  const latest = isPostgres(knex) ? 'greatest' : 'max';
  return knex.raw(`${latest}(?, ?)`, [
    again.at,
    databaseTime(knex, LEAST_PAUSE_MS),
  ]);
}
