import { ScanContent } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { ReportPosition } from '../../../stores/AdmissionFeedStore';
import { ReportRow } from '../../tables';
import { readScanContents } from '../scans/readScanContents';

/** Options of {@link listChangedReports}. */
export type ListChangedReportsOptions = {
  knex: Knex;
  after: ReportPosition;
  limit: number;
};

/** A report with the findings of its scan. */
export type ChangedReport = { row: ReportRow; scan: ScanContent | undefined };

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
  const scans = await readScanContents(knex, rows);
  return rows.map(row => ({ row, scan: scans.get(row.scan_hash ?? '') }));
}
