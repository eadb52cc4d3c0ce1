import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { ClusterLeaseRow } from '../../tables';
import { Lease } from './acquireLease';

/** Options of {@link withFence}. */
export type WithFenceOptions = { knex: Knex; lease: Lease };

/**
 * Runs writes of one source in a transaction that first proves the lease. The row stays locked until the end,
 * so nobody can take the lease between the proof and the commit.
 *
 * @throws ConflictError when the lease is lost; nothing is changed.
 */
export async function withFence<T>(
  options: WithFenceOptions,
  work: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const { knex, lease } = options;
  const { feed, source, holder, fence } = lease;
  return knex.transaction(async transaction => {
    const held = await transaction<ClusterLeaseRow>('cluster_leases')
      .where({ cluster: source, source: feed, holder, fence })
      .where('expires_at', '>=', databaseTime(transaction))
      .forUpdate()
      .first();
    if (!held) {
      throw new ConflictError(
        `The lease of source '${source}' of feed '${feed}' is lost`,
      );
    }
    return work(transaction);
  });
}
