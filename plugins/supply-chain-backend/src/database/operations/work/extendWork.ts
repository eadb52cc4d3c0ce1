import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { WorkRow } from '../../tables';

/** Options of {@link extendWork}. */
export type ExtendWorkOptions = {
  knex: Knex;
  leases: string[];
  leaseMs: number;
};

/** Extends the leases of work under way. */
export async function extendWork(options: ExtendWorkOptions): Promise<void> {
  const { knex, leases, leaseMs } = options;
  await knex<WorkRow>('work')
    .whereIn('lease_holder', leases)
    .update({ lease_expires_at: databaseTime(knex, leaseMs) as never });
}
