import { Knex } from 'knex';
import { VerdictTask } from '../../../stores/VerdictStore';
import { databaseTime } from '../../databaseTime';
import { VerdictWorkRow } from '../../tables';

/** Options of {@link releaseVerdictWork}. */
export type ReleaseVerdictWorkOptions = {
  knex: Knex;
  tasks: VerdictTask[];
  afterMs: number;
};

/** Gives back evaluations that were not made. */
export async function releaseVerdictWork(
  options: ReleaseVerdictWorkOptions,
): Promise<void> {
  const { knex, tasks, afterMs } = options;
  await knex<VerdictWorkRow>('verdict_work')
    .whereIn(
      ['running_image_id', 'lease_holder'],
      tasks.map(task => [task.runningImageId, task.lease]),
    )
    .update({
      lease_holder: null,
      lease_expires_at: null,
      next_attempt_at: databaseTime(knex, afterMs) as never,
    });
}
