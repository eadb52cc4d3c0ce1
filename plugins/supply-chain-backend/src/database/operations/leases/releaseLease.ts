import { Knex } from 'knex';
import { ClusterLeaseRow } from '../../tables';
import { Lease } from './acquireLease';

/** Options of {@link releaseLease}. */
export type ReleaseLeaseOptions = { knex: Knex; lease: Lease };

/** Gives a lease back, so that the next holder need not wait for it to expire. */
export async function releaseLease(
  options: ReleaseLeaseOptions,
): Promise<void> {
  const { knex, lease } = options;
  const { feed, source, holder, fence } = lease;
  await knex<ClusterLeaseRow>('cluster_leases')
    .where({ cluster: source, source: feed, holder, fence })
    .update({ holder: '', expires_at: '' });
}
