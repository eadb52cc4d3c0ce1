import { Knex } from 'knex';
import { ClusterReportKind, ClusterReportRow } from '../../tables';

/** Options of {@link listClusterReports}. */
export type ListClusterReportsOptions = {
  knex: Knex;
  /** Absent: of every cluster. */
  cluster?: string;
  kind: Exclude<ClusterReportKind, 'checks'>;
};

/** Reports on a cluster as a whole, without their entries. */
export async function listClusterReports(
  options: ListClusterReportsOptions,
): Promise<ClusterReportRow[]> {
  const { knex, cluster, kind } = options;
  return knex<ClusterReportRow>('cluster_reports')
    .where({ kind, ...(cluster !== undefined && { source: cluster }) })
    .orderBy(['source', 'feed', 'uid']);
}
