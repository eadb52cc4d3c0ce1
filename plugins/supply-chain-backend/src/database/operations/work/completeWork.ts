import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { WorkRow } from '../../tables';

/** Options of {@link completeWork}. */
export type CompleteWorkOptions = {
  transaction: Knex | Knex.Transaction;
  subjectKey: string;
  lease: string;
  ticket: string;
  attempts: number;
  afterMs: number;
};

/**
 * Ends work under way and plans the next look. Work that was requested again meanwhile, which its ticket shows, stays
 * due. False when the lease was lost.
 */
export async function completeWork(
  options: CompleteWorkOptions,
): Promise<boolean> {
  const { transaction, subjectKey, lease, ticket, attempts, afterMs } = options;
  const planned = await transaction<WorkRow>('work')
    .where({ subject_key: subjectKey, lease_holder: lease, ticket })
    .update({
      lease_holder: null,
      lease_expires_at: null,
      attempts,
      priority: 0,
      fresh: false,
      requested_at: null,
      next_attempt_at: databaseTime(transaction, afterMs) as never,
    });
  if (planned > 0) {
    return true;
  }
  const freed = await transaction<WorkRow>('work')
    .where({ subject_key: subjectKey, lease_holder: lease })
    .update({ lease_holder: null, lease_expires_at: null });
  return freed > 0;
}
