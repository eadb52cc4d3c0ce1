import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseTime, isPostgres } from '../../databaseTime';
import { RunningImageRow, SubjectRow, WorkRow } from '../../tables';

/** Options of {@link takeWork}. */
export type TakeWorkOptions = { knex: Knex; limit: number; leaseMs: number };

/** A row of work with its lease and the subject it is about. */
export type TakenWork = WorkRow & { lease: string; subject: SubjectRow };

/**
 * Takes due work that nobody works on, most urgent first. On PostgreSQL rows another replica is just taking are
 * skipped; on SQLite transactions follow one another.
 */
export async function takeWork(options: TakeWorkOptions): Promise<TakenWork[]> {
  const { knex, limit, leaseMs } = options;
  return knex.transaction(async transaction => {
    const rows: WorkRow[] = await transaction<WorkRow>('work')
      .where('next_attempt_at', '<=', databaseTime(transaction))
      .where(query =>
        query
          .whereNull('lease_expires_at')
          .orWhere('lease_expires_at', '<', databaseTime(transaction)),
      )
      .orderBy([
        { column: 'priority', order: 'desc' },
        { column: 'next_attempt_at' },
        { column: 'subject_key' },
      ])
      .limit(limit)
      .modify(query => {
        if (isPostgres(transaction)) {
          query.forUpdate().skipLocked();
        }
      });
    if (rows.length === 0) {
      return [];
    }
    const subjects = await subjectsThatRun(
      transaction,
      rows.map(row => row.subject_key),
    );
    const taken: TakenWork[] = [];
    for (const row of rows) {
      const subject = subjects.get(row.subject_key);
      if (!subject) {
        // It is queued again when it runs again.
        await transaction<WorkRow>('work')
          .where({ subject_key: row.subject_key })
          .delete();
        continue;
      }
      const lease = randomUUID();
      await transaction<WorkRow>('work')
        .where({ subject_key: row.subject_key })
        .update({
          lease_holder: lease,
          lease_expires_at: databaseTime(transaction, leaseMs) as never,
        });
      taken.push({ ...row, lease, subject });
    }
    return taken;
  });
}

async function subjectsThatRun(
  transaction: Knex.Transaction,
  keys: string[],
): Promise<Map<string, SubjectRow>> {
  const rows: SubjectRow[] = await transaction<SubjectRow>('subjects')
    .whereIn('key', keys)
    .whereIn(
      'key',
      transaction<RunningImageRow>('running_images')
        .where({ running: true })
        .whereIn('subject_key', keys)
        .select('subject_key'),
    );
  return new Map(rows.map(row => [row.key, row]));
}
