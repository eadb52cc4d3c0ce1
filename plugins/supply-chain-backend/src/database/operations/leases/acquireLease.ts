import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { ClusterLeaseRow } from '../../tables';

/** The right to write what one source says, until it expires or somebody else takes it. */
export type Lease = {
  feed: string;
  source: string;
  holder: string;
  /** Grows with every change of holder; every write carries it. */
  fence: number;
};

/** Options of {@link acquireLease}. */
export type AcquireLeaseOptions = {
  knex: Knex;
  feed: string;
  source: string;
  holder: string;
  timeToLiveMs: number;
};

/** Takes the lease of a source when nobody holds it; undefined when somebody does. */
export async function acquireLease(
  options: AcquireLeaseOptions,
): Promise<Lease | undefined> {
  const { knex, feed, source, holder, timeToLiveMs } = options;
  const key = { cluster: source, source: feed };
  await knex<ClusterLeaseRow>('cluster_leases')
    .insert({ ...key, holder: '', fence: 0, expires_at: '' })
    .onConflict(['cluster', 'source'])
    .ignore();
  const rows = await knex<ClusterLeaseRow>('cluster_leases')
    .where(key)
    .where('expires_at', '<', databaseTime(knex))
    .update({
      holder,
      fence: knex.raw('fence + 1'),
      expires_at: databaseTime(knex, timeToLiveMs),
    })
    .returning('fence');
  return rows.length === 0
    ? undefined
    : { feed, source, holder, fence: rows[0].fence };
}
