import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { ReferenceWorkRow } from '../../tables';

/** Options of {@link releaseReference}. */
export type ReleaseReferenceOptions = {
  knex: Knex;
  runningImageId: string;
  lease: string;
  afterMs: number;
};

/** Gives a reference back that was not resolved. */
export async function releaseReference(
  options: ReleaseReferenceOptions,
): Promise<void> {
  const { knex, runningImageId, lease, afterMs } = options;
  await knex<ReferenceWorkRow>('reference_work')
    .where({ running_image_id: runningImageId, lease_holder: lease })
    .update({
      lease_holder: null,
      lease_expires_at: null,
      next_attempt_at: databaseTime(knex, afterMs) as never,
    });
}
