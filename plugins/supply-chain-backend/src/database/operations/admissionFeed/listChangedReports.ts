import { Knex } from 'knex';
import { ReportPosition } from '../../../stores/AdmissionFeedStore';
import { ReportRow, ScanRow } from '../../tables';

/** Options of {@link listChangedReports}. */
export type ListChangedReportsOptions = {
  knex: Knex;
  after: ReportPosition;
  limit: number;
};

/** A report with the findings of its scan. */
export type ChangedReport = { row: ReportRow; scan: ScanRow | undefined };

/** Reports of a digest after a position, in the order they were last written. */
export async function listChangedReports(
  options: ListChangedReportsOptions,
): Promise<ChangedReport[]> {
  const { knex, after, limit } = options;
  const rows: ReportRow[] = await knex<ReportRow>('reports')
    .whereNotNull('digest')
    .whereRaw('(changed_at, feed, source, uid) > (?, ?, ?, ?)', [
      after.changedAt,
      after.feed,
      after.source,
      after.uid,
    ])
    .orderBy(['changed_at', 'feed', 'source', 'uid'])
    .limit(limit);
  const scans: ScanRow[] = await knex<ScanRow>('scans').whereIn('hash', [
    ...new Set(rows.flatMap(row => row.scan_hash ?? [])),
  ]);
  const byHash = new Map(scans.map(scan => [scan.hash, scan]));
  return rows.map(row => ({ row, scan: byHash.get(row.scan_hash ?? '') }));
}
