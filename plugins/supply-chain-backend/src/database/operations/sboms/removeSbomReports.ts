import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ClusterSbomRow, SbomReportRow } from '../../tables';

/** Options of {@link removeSbomReports}. */
export type RemoveSbomReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Absent: all of the source. */
  uids?: string[];
};

/**
 * Removes reports with SBOMs and says whether there were any. What they told of digests stays, because it cannot change;
 * what they told of their cluster goes.
 */
export async function removeSbomReports(
  options: RemoveSbomReportsOptions,
): Promise<boolean> {
  const { transaction, feed, source, uids } = options;
  let removed = 0;
  for (const chunk of uids ? chunksOf(uids) : [undefined]) {
    const reports = transaction<SbomReportRow>('sbom_reports').where({
      feed,
      source,
    });
    const clusters = transaction<ClusterSbomRow>('cluster_sboms').where({
      feed,
      source,
    });
    if (chunk) {
      reports.whereIn('uid', chunk);
      clusters.whereIn('uid', chunk);
    }
    removed += await reports.delete();
    await clusters.delete();
  }
  return removed > 0;
}
