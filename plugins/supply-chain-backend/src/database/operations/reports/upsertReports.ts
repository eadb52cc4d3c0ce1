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
import { ReportRow, ScanRow } from '../../tables';
import { keepContents } from '../retention/contentLock';
import { KnownTexts } from '../scans/KnownTexts';
import { putScans } from '../scans/putScans';
import { isReplaced } from './isReplaced';
import { reportRowOf, withEarlierScan } from './reportRow';
import { reportsBeside } from './reportsBeside';

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

type WrittenRow = Omit<ReportRow, 'changed_at'>;

/** A stored report, and the hash of its scan when that is stored too. */
type StoredReport = { row: ReportRow; scan: string | null };

type Changes = UpsertReportsResult & {
  rows: WrittenRow[];
  scans: PackedScan[];
};

const REPORTS_PER_STATEMENT = 50;

/**
 * Writes scanner reports; those with the content they had are not written again. One that cannot be read any more keeps the
 * scan it had (L6), and those that replace what their cluster does not hold any more remove it.
 */
export async function upsertReports(
  options: UpsertReportsOptions,
): Promise<UpsertReportsResult> {
  const { transaction, now, knownTexts: known } = options;
  await keepContents(transaction);
  const { rows, scans, places, changed } = await changesOf(options);
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
  const replaced = await removeReplaced(options, rows);
  return { changed, places: [...places, ...replaced] };
}

/** Removes what the cluster does not hold any more of the containers of some reports; of the same content it is not read any more. */
async function removeReplaced(
  { transaction, feed, source }: UpsertReportsOptions,
  written: WrittenRow[],
): Promise<ReportRow[]> {
  const replaced: ReportRow[] = [];
  const scans = written.filter(({ scan_hash }) => scan_hash !== null);
  for (const rows of chunksOf(scans)) {
    const gone = await reportsBeside({ transaction, feed, rows, gone: true });
    replaced.push(...gone.filter(row => isReplaced(row, rows)));
  }
  for (const rows of chunksOf(replaced)) {
    await transaction<ReportRow>('reports')
      .where({ feed, source })
      .whereIn(
        'uid',
        rows.map(({ uid }) => uid),
      )
      .delete();
  }
  return replaced;
}

async function changesOf(options: UpsertReportsOptions): Promise<Changes> {
  const { transaction, feed, source, now } = options;
  const reports = new Map(options.reports.map(each => [each.uid, each]));
  const stored = await storedReports(options, [...reports.keys()]);
  const changes: Changes = { places: [], changed: [], rows: [], scans: [] };
  for (const each of reports.values()) {
    const report = packReport(each);
    const known = stored.get(report.uid);
    const before = known?.row;
    const isWhole = known?.scan === before?.scan_hash;
    const row = withEarlierScan({
      row: reportRowOf({ feed, source, report }),
      before: isWhole ? before : undefined,
      now,
    });
    if (before?.hash !== row.hash || !isWhole) {
      changes.rows.push(row);
      changes.changed.push(report);
      changes.places.push(row, ...(before ? [before] : []));
      const packed = report.evidence.detail?.packed;
      if (packed && packed.hash !== known?.scan) {
        changes.scans.push(packed);
      }
    } else if (
      before.resource_version !== row.resource_version ||
      before.gone_at !== null
    ) {
      const { resource_version } = row;
      await transaction<ReportRow>('reports')
        .where({ feed, source, uid: report.uid })
        .update({ resource_version, gone_at: null });
    }
  }
  return changes;
}

async function storedReports(
  { transaction, feed, source }: UpsertReportsOptions,
  uids: string[],
): Promise<Map<string, StoredReport>> {
  const stored = new Map<string, StoredReport>();
  for (const chunk of chunksOf(uids)) {
    const rows: (ReportRow & { stored_scan: string | null })[] =
      await transaction<ReportRow>('reports')
        .leftJoin<ScanRow>('scans', 'scans.hash', 'reports.scan_hash')
        .where({ feed, source })
        .whereIn('uid', chunk)
        .select('reports.*', { stored_scan: 'scans.hash' });
    rows.forEach(({ stored_scan: scan, ...row }) =>
      stored.set(row.uid, { row, scan }),
    );
  }
  return stored;
}
