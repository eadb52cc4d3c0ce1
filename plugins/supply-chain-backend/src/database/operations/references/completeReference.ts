import { Knex } from 'knex';
import { ResolvedReference } from '../../../stores/ReferenceStore';
import { databaseTime } from '../../databaseTime';
import { ReferenceWorkRow, RunningImageRow } from '../../tables';
import { observeSubjects } from '../subjects/observeSubjects';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { foundColumns } from './annotatedRow';

/** Options of {@link completeReference}. */
export type CompleteReferenceOptions = {
  knex: Knex;
  result: ResolvedReference;
};

/**
 * Stores which digest a reference stands for, queues the look and the verdict that depend on it and plans the next
 * attempt. Nothing is stored when the lease was lost or the annotation no longer names it.
 */
export async function completeReference(
  options: CompleteReferenceOptions,
): Promise<boolean> {
  const { knex, result } = options;
  return knex.transaction(async transaction => {
    if (!(await endTask(transaction, result))) {
      return false;
    }
    const { task, found, now } = result;
    const row = await transaction<RunningImageRow>('running_images')
      .where({ id: task.runningImageId })
      .first();
    if (!row || !found) {
      return false;
    }
    const written: RunningImageRow = {
      ...row,
      ...foundColumns(row, found),
      ...(found.digest && { last_seen: now.toISOString() }),
    };
    await transaction<RunningImageRow>('running_images')
      .where({ id: row.id })
      .update(written);
    if (written.hash === row.hash) {
      return false;
    }
    await observeSubjects({ transaction, images: [written], now });
    await requestVerdicts({ transaction, runningImageIds: [row.id] });
    return true;
  });
}

/** One requested again meanwhile, which its ticket shows, stays due. False when the lease was lost. */
async function endTask(
  transaction: Knex.Transaction,
  result: ResolvedReference,
): Promise<boolean> {
  const { task, needsLink, attempts, nextAttemptMs } = result;
  const mine = {
    running_image_id: task.runningImageId,
    lease_holder: task.lease,
  };
  const freed = {
    needs_link: needsLink,
    lease_holder: null,
    lease_expires_at: null,
  };
  const planned = await transaction<ReferenceWorkRow>('reference_work')
    .where({ ...mine, ticket: task.ticket })
    .update({
      ...freed,
      attempts,
      next_attempt_at: databaseTime(transaction, nextAttemptMs) as never,
    });
  return (
    planned > 0 ||
    (await transaction<ReferenceWorkRow>('reference_work')
      .where(mine)
      .update(freed)) > 0
  );
}
