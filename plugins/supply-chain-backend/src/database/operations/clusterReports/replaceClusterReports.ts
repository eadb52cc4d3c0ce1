import { ClusterEvidence } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ClusterReportEntryRow, ClusterReportRow } from '../../tables';
import { clusterReportRowsOf } from './clusterReportRows';
import { removeClusterReports } from './removeClusterReports';

/** Options of {@link replaceClusterReports}. */
export type ReplaceClusterReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Reports by uid; without evidence nothing is said of the cluster any more. */
  reports: { uid: string; evidence?: ClusterEvidence }[];
};

/** Writes what reports say of a cluster in place of what they said before. */
export async function replaceClusterReports(
  options: ReplaceClusterReportsOptions,
): Promise<void> {
  const { transaction, feed, source, reports } = options;
  const uids = reports.map(({ uid }) => uid);
  await removeClusterReports({ transaction, feed, source, uids });
  const rows = reports.flatMap(({ uid, evidence }) =>
    evidence ? [clusterReportRowsOf({ feed, source, uid }, evidence)] : [],
  );
  for (const chunk of chunksOf(rows.map(({ report }) => report))) {
    await transaction<ClusterReportRow>('cluster_reports').insert(chunk);
  }
  for (const chunk of chunksOf(rows.flatMap(({ entries }) => entries))) {
    await transaction<ClusterReportEntryRow>('cluster_report_entries').insert(
      chunk,
    );
  }
}
