import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { PolicyReportObjectRow, PolicyReportRow } from '../../tables';
import { removeClusterReports } from '../clusterReports/removeClusterReports';

/** Options of {@link removePolicyReports}. */
export type RemovePolicyReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Absent: all of the source. */
  uids?: string[];
};

/** Removes reports of other enforcers and says whether they told anything. */
export async function removePolicyReports(
  options: RemovePolicyReportsOptions,
): Promise<boolean> {
  const { transaction, feed, source, uids } = options;
  let removed = 0;
  for (const chunk of uids ? chunksOf(uids) : [undefined]) {
    const objects = transaction<PolicyReportObjectRow>(
      'policy_report_objects',
    ).where({ feed, source });
    const reports = transaction<PolicyReportRow>('policy_reports').where({
      feed,
      source,
    });
    if (chunk) {
      objects.whereIn('uid', chunk);
      reports.whereIn('uid', chunk);
    }
    removed += await objects.delete();
    removed += await removeClusterReports({
      transaction,
      feed,
      source,
      uids: chunk,
    });
    await reports.delete();
  }
  return removed > 0;
}
