import { setImmediate } from 'node:timers/promises';
import {
  ObservedReport,
  PackedReport,
  PackedScan,
  packReport,
} from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import { ReportRow } from '../../tables';
import { KnownTexts } from '../scans/KnownTexts';
import { putScans } from '../scans/putScans';
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
  reports: (ObservedReport | PackedReport)[];
  now: Date;
  knownTexts?: KnownTexts;
};

/** What {@link upsertReports} changed. */
export type UpsertReportsResult = {
  /** Where verdicts may differ now: the places before and after. */
  places: ReportPlace[];
  /** The reports that are new or different. */
  changed: PackedReport[];
};

type Changes = UpsertReportsResult & {
  rows: Omit<ReportRow, 'changed_at'>[];
  scans: PackedScan[];
};

const REPORTS_PER_STATEMENT = 50;

/** Writes scanner reports; those with the content they had are not written again. */
export async function upsertReports(
  options: UpsertReportsOptions,
): Promise<UpsertReportsResult> {
  const { transaction, now, knownTexts: known } = options;
  const { rows, scans, ...result } = await changesOf(options);
  await putScans({ transaction, scans, now, known });
  for (const chunk of chunksOf(rows, REPORTS_PER_STATEMENT)) {
    await transaction<ReportRow>('reports')
      .insert(
        chunk.map(row => ({ ...row, changed_at: databaseTime(transaction) })),
      )
      .onConflict(['feed', 'source', 'uid'])
      .merge();
    // SQLite answers in this thread: what else the portal does comes between.
    await setImmediate();
  }
  return result;
}

async function changesOf(options: UpsertReportsOptions): Promise<Changes> {
  const { transaction, feed, source } = options;
  const reports = new Map(options.reports.map(each => [each.uid, each]));
  const stored = await storedRows(options, [...reports.keys()]);
  const changes: Changes = { places: [], changed: [], rows: [], scans: [] };
  for (const each of reports.values()) {
    const report = packReport(each);
    const row = reportRowOf({ feed, source, report });
    const before = stored.get(report.uid);
    if (before?.hash !== row.hash) {
      changes.rows.push(row);
      changes.changed.push(report);
      changes.places.push(row, ...(before ? [before] : []));
      const packed = report.evidence.detail?.packed;
      if (packed && packed.hash !== before?.scan_hash) {
        changes.scans.push(packed);
      }
    } else if (before.resource_version !== row.resource_version) {
      const { resource_version } = row;
      await transaction<ReportRow>('reports')
        .where({ feed, source, uid: report.uid })
        .update({ resource_version });
    }
  }
  return changes;
}

async function storedRows(
  { transaction, feed, source }: UpsertReportsOptions,
  uids: string[],
): Promise<Map<string, ReportRow>> {
  const stored = new Map<string, ReportRow>();
  for (const chunk of chunksOf(uids)) {
    const rows: ReportRow[] = await transaction<ReportRow>('reports')
      .where({ feed, source })
      .whereIn('uid', chunk);
    rows.forEach(row => stored.set(row.uid, row));
  }
  return stored;
}
