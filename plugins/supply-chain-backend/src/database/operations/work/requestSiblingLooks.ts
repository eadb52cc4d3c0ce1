import { randomUUID } from 'node:crypto';
import { ImageSubject, subjectKey } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { RunningImageRow, WorkRow } from '../../tables';

/** Options of {@link requestSiblingLooks}. */
export type RequestSiblingLooksOptions = {
  transaction: Knex.Transaction;
  subject: ImageSubject;
};

/**
 * Makes a look due at everything else that runs from the same repository: a build that became known may be the one
 * before theirs, whichever was looked at first. Ends by itself, as a look that finds the same requests nothing.
 */
export async function requestSiblingLooks(
  options: RequestSiblingLooksOptions,
): Promise<void> {
  const { transaction, subject } = options;
  await transaction<WorkRow>('work')
    .whereIn(
      'subject_key',
      transaction<RunningImageRow>('running_images')
        .where({ running: true, repository: subject.repository })
        .whereNot({ subject_key: subjectKey(subject) })
        .select('subject_key'),
    )
    .update({
      next_attempt_at: databaseTime(transaction) as never,
      ticket: randomUUID(),
    });
}
