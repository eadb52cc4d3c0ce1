import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { WorkRow } from '../../tables';

/** Options of {@link releaseWork}. */
export type ReleaseWorkOptions = { knex: Knex; lease: string; afterMs: number };

/** Gives work back that was not done; who asked for it and how urgent it is stays. */
export async function releaseWork(options: ReleaseWorkOptions): Promise<void> {
  const { knex, lease, afterMs } = options;
  await knex<WorkRow>('work')
    .where({ lease_holder: lease })
    .update({
      lease_holder: null,
      lease_expires_at: null,
      next_attempt_at: databaseTime(knex, afterMs) as never,
    });
}
