import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { WorkRow } from '../../tables';
import { chunksOf } from '../../chunks';

/** Options of {@link requestLooks}. */
export type RequestLooksOptions = {
  transaction: Knex | Knex.Transaction;
  subjectKeys: string[];
  /** Those of them that are only queued when they are not queued yet. */
  onlyNew?: string[];
  /** Larger is sooner; people waiting come first. */
  priority?: number;
  /** No cached negatives (L7). */
  fresh?: boolean;
};

/** Queues looks at subjects. One that is under way is done again, as its ticket changes. */
export async function requestLooks(
  options: RequestLooksOptions,
): Promise<void> {
  const { transaction, subjectKeys, priority = 0, fresh = false } = options;
  const onlyNew = new Set(options.onlyNew);
  const rowOf = (key: string) => ({
    subject_key: key,
    next_attempt_at: databaseTime(transaction) as never,
    attempts: 0,
    priority,
    fresh,
    requested_at: fresh ? (databaseTime(transaction) as never) : null,
    ticket: randomUUID(),
  });
  for (const keys of chunksOf(subjectKeys)) {
    const due = keys.filter(key => !onlyNew.has(key)).sort();
    const ignored = keys.filter(key => onlyNew.has(key)).sort();
    if (due.length > 0) {
      await transaction<WorkRow>('work')
        .insert(due.map(rowOf))
        .onConflict('subject_key')
        .merge();
    }
    if (ignored.length > 0) {
      await transaction<WorkRow>('work')
        .insert(ignored.map(rowOf))
        .onConflict('subject_key')
        // Unlike ignoring it, this waits for somebody who is just removing the row.
        .merge(['subject_key']);
    }
  }
}
