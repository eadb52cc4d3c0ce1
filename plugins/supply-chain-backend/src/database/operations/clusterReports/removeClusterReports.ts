import { Knex } from 'knex';
import { ClusterReportEntryRow, ClusterReportRow } from '../../tables';

/** Options of {@link removeClusterReports}. */
export type RemoveClusterReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Absent: all of the source. Not more than a statement holds. */
  uids?: string[];
};

/** Removes what reports say of a cluster as a whole; how many said something. */
export async function removeClusterReports(
  options: RemoveClusterReportsOptions,
): Promise<number> {
  const { transaction, feed, source, uids } = options;
  const entries = transaction<ClusterReportEntryRow>(
    'cluster_report_entries',
  ).where({ feed, source });
  const reports = transaction<ClusterReportRow>('cluster_reports').where({
    feed,
    source,
  });
  if (uids) {
    entries.whereIn('uid', uids);
    reports.whereIn('uid', uids);
  }
  await entries.delete();
  return reports.delete();
}
