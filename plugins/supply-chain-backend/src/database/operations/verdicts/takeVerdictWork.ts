import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { VerdictTask } from '../../../stores/VerdictStore';
import { databaseTime, isPostgres } from '../../databaseTime';
import { VerdictWorkRow } from '../../tables';

/** Options of {@link takeVerdictWork}. */
export type TakeVerdictWorkOptions = {
  knex: Knex;
  limit: number;
  leaseMs: number;
};

/** Takes due evaluations that nobody works on, longest due first; one lease for all of them. */
export async function takeVerdictWork(
  options: TakeVerdictWorkOptions,
): Promise<VerdictTask[]> {
  const { knex, limit, leaseMs } = options;
  return knex.transaction(async transaction => {
    const rows: VerdictWorkRow[] = await transaction<VerdictWorkRow>(
      'verdict_work',
    )
      .where('next_attempt_at', '<=', databaseTime(transaction))
      .where(query =>
        query
          .whereNull('lease_expires_at')
          .orWhere('lease_expires_at', '<', databaseTime(transaction)),
      )
      .orderBy(['next_attempt_at', 'running_image_id'])
      .limit(limit)
      .modify(query => {
        if (isPostgres(transaction)) {
          query.forUpdate().skipLocked();
        }
      });
    if (rows.length === 0) {
      return [];
    }
    const lease = randomUUID();
    await transaction<VerdictWorkRow>('verdict_work')
      .whereIn(
        'running_image_id',
        rows.map(row => row.running_image_id),
      )
      .update({
        lease_holder: lease,
        lease_expires_at: databaseTime(transaction, leaseMs) as never,
      });
    return rows.map(row => ({
      runningImageId: row.running_image_id,
      attempts: row.attempts,
      ticket: row.ticket,
      lease,
    }));
  });
}
