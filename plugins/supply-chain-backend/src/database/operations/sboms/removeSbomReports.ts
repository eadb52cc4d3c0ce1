import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { SbomReportRow } from '../../tables';

/** Options of {@link removeSbomReports}. */
export type RemoveSbomReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Absent: all of the source. */
  uids?: string[];
};

/** Removes reports with SBOMs and says whether there were any. What they told of digests stays. */
export async function removeSbomReports(
  options: RemoveSbomReportsOptions,
): Promise<boolean> {
  const { transaction, feed, source, uids } = options;
  let removed = 0;
  for (const chunk of uids ? chunksOf(uids) : [undefined]) {
    const query = transaction<SbomReportRow>('sbom_reports').where({
      feed,
      source,
    });
    if (chunk) {
      query.whereIn('uid', chunk);
    }
    removed += await query.delete();
  }
  return removed > 0;
}
