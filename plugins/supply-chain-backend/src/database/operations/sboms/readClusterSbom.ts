import { Knex } from 'knex';
import { ClusterSbomRow } from '../../tables';

/** Options of {@link readClusterSbom}. */
export type ReadClusterSbomOptions = { knex: Knex; cluster: string };

/**
 * The newest SBOM of a cluster. An operator names its report by the version of the cluster, and leaves the one of the
 * version before where it was.
 */
export async function readClusterSbom(
  options: ReadClusterSbomOptions,
): Promise<ClusterSbomRow | undefined> {
  const { knex, cluster } = options;
  return knex<ClusterSbomRow>('cluster_sboms')
    .where({ source: cluster })
    .orderBy([
      { column: 'generated_at', order: 'desc' },
      { column: 'feed' },
      { column: 'uid' },
    ])
    .first();
}
