import { Knex } from 'knex';
import { ClusterLeaseRow } from '../../tables';

/** Options of {@link revokeLease}. */
export type RevokeLeaseOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
};

/** Takes a lease away from whoever holds it: the fence moves, so that a late write of the holder changes nothing. */
export async function revokeLease(options: RevokeLeaseOptions): Promise<void> {
  const { transaction, feed, source } = options;
  await transaction<ClusterLeaseRow>('cluster_leases')
    .where({ cluster: source, source: feed })
    .update({
      holder: '',
      fence: transaction.raw('fence + 1'),
      expires_at: '',
    });
}
