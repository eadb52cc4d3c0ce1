import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { ClusterLeaseRow } from '../../tables';
import { Lease } from './acquireLease';

/** Options of {@link renewLease}. */
export type RenewLeaseOptions = {
  knex: Knex;
  lease: Lease;
  timeToLiveMs: number;
};

/**
 * Extends a lease; false when it is lost. One that has expired is lost even if nobody took it yet: what
 * was written meanwhile by nobody cannot be known.
 */
export async function renewLease(options: RenewLeaseOptions): Promise<boolean> {
  const { knex, lease, timeToLiveMs } = options;
  const { feed, source, holder, fence } = lease;
  const renewed = await knex<ClusterLeaseRow>('cluster_leases')
    .where({ cluster: source, source: feed, holder, fence })
    .where('expires_at', '>=', databaseTime(knex))
    .update({ expires_at: databaseTime(knex, timeToLiveMs) });
  return renewed === 1;
}
