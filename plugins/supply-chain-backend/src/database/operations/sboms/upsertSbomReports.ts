import { setImmediate } from 'node:timers/promises';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  ClusterSbomRow,
  SbomComponentsRow,
  SbomReportRow,
  SbomRow,
} from '../../tables';
import { keepContents } from '../retention/contentLock';
import { sbomRowsOf } from './sbomRows';

/** Options of {@link upsertSbomReports}. */
export type UpsertSbomReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  reports: ObservedReport<'sbom'>[];
};

/** Few at a time: a single SBOM may have thousands of components. */
const REPORTS_PER_STATEMENT = 25;

/** Writes reports with SBOMs and what they tell of digests and clusters, and says whether they tell anything else than before. */
export async function upsertSbomReports(
  options: UpsertSbomReportsOptions,
): Promise<boolean> {
  let changed = false;
  await keepContents(options.transaction);
  for (const reports of chunksOf(options.reports, REPORTS_PER_STATEMENT)) {
    changed = (await upsertChunk({ ...options, reports })) || changed;
    // SQLite answers in this thread: what else the portal does comes between.
    await setImmediate();
  }
  return changed;
}

async function upsertChunk(
  options: UpsertSbomReportsOptions,
): Promise<boolean> {
  const { transaction, feed, source } = options;
  // The last of several with one uid: a statement cannot write one row twice.
  const reports = new Map(options.reports.map(each => [each.uid, each]));
  const stored: SbomReportRow[] = await transaction<SbomReportRow>(
    'sbom_reports',
  )
    .where({ feed, source })
    .whereIn('uid', [...reports.keys()]);
  const before = new Map(stored.map(row => [row.uid, row]));
  const written = [...reports.values()]
    .map(report => sbomRowsOf({ feed, source, report }))
    .filter(({ row }) => {
      const known = before.get(row.uid);
      return (
        known?.hash !== row.hash ||
        known.resource_version !== row.resource_version
      );
    });
  if (written.length > 0) {
    await transaction<SbomReportRow>('sbom_reports')
      .insert(written.map(({ row }) => row))
      .onConflict(['feed', 'source', 'uid'])
      .merge();
  }
  const news = written.filter(
    ({ row }) => before.get(row.uid)?.hash !== row.hash,
  );
  await writeComponents(
    transaction,
    news.flatMap(({ components }) => components ?? []),
  );
  await writeNewest(
    transaction,
    news.flatMap(({ sbom }) => sbom ?? []),
  );
  await writeClusters(
    transaction,
    news.flatMap(({ cluster }) => cluster ?? []),
  );
  return news.length > 0;
}

async function writeComponents(
  transaction: Knex.Transaction,
  rows: SbomComponentsRow[],
): Promise<void> {
  const distinct = [...new Map(rows.map(row => [row.hash, row])).values()];
  if (distinct.length > 0) {
    await transaction<SbomComponentsRow>('sbom_components')
      .insert(distinct)
      .onConflict('hash')
      .ignore();
  }
}

/** What a report told before stands until it is readable again or gone (L8). */
async function writeClusters(
  transaction: Knex.Transaction,
  rows: ClusterSbomRow[],
): Promise<void> {
  if (rows.length > 0) {
    await transaction<ClusterSbomRow>('cluster_sboms')
      .insert(rows)
      .onConflict(['feed', 'source', 'uid'])
      .merge();
  }
}

/** Several clusters tell of one digest: the newest SBOM stays, whoever comes last. */
async function writeNewest(
  transaction: Knex.Transaction,
  rows: SbomRow[],
): Promise<void> {
  const newest = new Map<string, SbomRow>();
  for (const row of rows) {
    const key = `${row.digest} ${row.platform}`;
    const known = newest.get(key);
    if (!known || known.generated_at < row.generated_at) {
      newest.set(key, row);
    }
  }
  if (newest.size > 0) {
    await transaction<SbomRow>('sboms')
      .insert([...newest.values()])
      .onConflict(['digest', 'platform'])
      .merge()
      .whereRaw('sboms.generated_at <= excluded.generated_at');
  }
}
