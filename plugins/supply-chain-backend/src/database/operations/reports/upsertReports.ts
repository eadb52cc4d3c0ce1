import { setImmediate } from 'node:timers/promises';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import { ReportRow, ScanRow } from '../../tables';
import { reportRowOf } from './reportRow';

/** What a report is joined with running images by. */
export type ReportPlace = Pick<
  ReportRow,
  | 'source'
  | 'namespace'
  | 'controller_kind'
  | 'controller_name'
  | 'container'
  | 'digest'
>;

/** Options of {@link upsertReports}. */
export type UpsertReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  reports: ObservedReport[];
};

/** What {@link upsertReports} changed. */
export type UpsertReportsResult = {
  /** Where verdicts may differ now: the places before and after. */
  places: ReportPlace[];
  /** The reports that are new or different. */
  changed: ObservedReport[];
};

/** Few at a time: a single scan may have thousands of findings. */
const REPORTS_PER_STATEMENT = 25;

/** Writes scanner reports; those with the content they had are not written again. */
export async function upsertReports(
  options: UpsertReportsOptions,
): Promise<UpsertReportsResult> {
  const result: UpsertReportsResult = { places: [], changed: [] };
  for (const reports of chunksOf(options.reports, REPORTS_PER_STATEMENT)) {
    const part = await upsertChunk({ ...options, reports });
    result.places.push(...part.places);
    result.changed.push(...part.changed);
    // SQLite answers in this thread: what else the portal does comes between.
    await setImmediate();
  }
  return result;
}

async function upsertChunk(
  options: UpsertReportsOptions,
): Promise<UpsertReportsResult> {
  const { transaction, feed, source } = options;
  const reports = new Map(options.reports.map(each => [each.uid, each]));
  const stored = new Map<string, ReportRow>();
  const rows: ReportRow[] = await transaction<ReportRow>('reports')
    .where({ feed, source })
    .whereIn('uid', [...reports.keys()]);
  rows.forEach(row => stored.set(row.uid, row));

  const result: UpsertReportsResult = { places: [], changed: [] };
  const written: Omit<ReportRow, 'changed_at'>[] = [];
  const scans = new Map<string, ScanRow>();
  for (const report of reports.values()) {
    const { row, scan } = reportRowOf({ feed, source, report });
    const before = stored.get(report.uid);
    if (before?.hash !== row.hash) {
      written.push(row);
      result.changed.push(report);
      result.places.push(row, ...(before ? [before] : []));
      if (scan && scan.hash !== before?.scan_hash) {
        scans.set(scan.hash, scan);
      }
    } else if (before.resource_version !== row.resource_version) {
      const { resource_version } = row;
      await transaction<ReportRow>('reports')
        .where({ feed, source, uid: report.uid })
        .update({ resource_version });
    }
  }
  if (scans.size > 0) {
    await transaction<ScanRow>('scans')
      .insert([...scans.values()])
      .onConflict('hash')
      .ignore();
  }
  if (written.length > 0) {
    await transaction<ReportRow>('reports')
      .insert(
        written.map(row => ({ ...row, changed_at: databaseTime(transaction) })),
      )
      .onConflict(['feed', 'source', 'uid'])
      .merge();
  }
  return result;
}
