import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import { ReportRow } from '../../tables';
import { isReplaced } from './isReplaced';
import { reportsBeside } from './reportsBeside';
import { ReportPlace } from './upsertReports';
import { whereRunning } from './whereRunning';

/** Options of {@link retireReports}. */
export type RetireReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  uids: string[];
};

/**
 * Takes reports that their cluster does not hold any more for gone. The last scan of what runs stands and grows older, until
 * another replaces it (L6); what tells of nothing that runs, or of no scan, is removed. Returns where verdicts may differ now.
 */
export async function retireReports(
  options: RetireReportsOptions,
): Promise<ReportPlace[]> {
  const places: ReportPlace[] = [];
  for (const uids of chunksOf(options.uids)) {
    places.push(...(await retireChunk({ ...options, uids })));
  }
  return places;
}

async function retireChunk(
  options: RetireReportsOptions,
): Promise<ReportPlace[]> {
  const { transaction, feed, source, uids } = options;
  const those = () =>
    transaction<ReportRow>('reports')
      .where({ feed, source })
      .whereNull('gone_at')
      .whereIn('uid', uids);
  const rows: ReportRow[] = await those();
  const kept = await standingAmong({ transaction, rows });
  if (kept.length > 0) {
    await those()
      .whereIn('uid', kept)
      .update({ gone_at: databaseTime(transaction) as never });
  }
  await those().delete();
  return rows.filter(({ uid }) => !kept.includes(uid));
}

/** The uids of those that stand. */
async function standingAmong(options: {
  transaction: Knex.Transaction;
  rows: ReportRow[];
}): Promise<string[]> {
  const { transaction } = options;
  const scans = options.rows.filter(({ scan_hash }) => scan_hash !== null);
  if (scans.length === 0) {
    return [];
  }
  const [{ feed, source }] = scans;
  const uids = scans.map(({ uid }) => uid);
  const query = transaction<ReportRow>('reports')
    .where({ feed, source })
    .whereIn('uid', uids);
  whereRunning(transaction, query);
  const running = new Set<string>(await query.pluck('uid'));
  const others = (
    await reportsBeside({ transaction, feed, rows: scans })
  ).filter(({ uid }) => !uids.includes(uid));
  return scans
    .filter(scan => running.has(scan.uid) && !isReplaced(scan, others))
    .map(({ uid }) => uid);
}
