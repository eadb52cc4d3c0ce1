import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ReportRow, RunningImageRow, SubjectDigestRow } from '../../tables';
import { readScanContents } from '../scans/readScanContents';
import { isReplaced } from './isReplaced';
import { reportEvidenceOf } from './reportRow';
import { rowsByController } from './rowsByController';

/** Options of {@link readScans}. */
export type ReadScansOptions = { knex: Knex; images: RunningImageRow[] };

/** More reports than this on one image are not compared: what its own container was scanned for comes first. */
const MAXIMUM_REPORTS = 50;

/**
 * Every scan that may concern some running images, by the id of the image. None for annotated images: a report of a
 * cluster tells that somebody runs the image there, and who only names it need not know (L33).
 */
export async function readScans(
  options: ReadScansOptions,
): Promise<Map<string, EvidenceOf<'vulnerabilities'>[]>> {
  const { knex } = options;
  const images = options.images.filter(image => !image.annotated);
  const digests = await digestsOf(knex, images);
  const byDigest = await reportsByDigest(knex, [
    ...new Set([...digests.values()].flat()),
  ]);
  const byController = await rowsByController<ReportRow>({
    knex,
    table: 'reports',
    images,
  });
  const reports = new Map<string, ReportRow[]>();
  for (const image of images) {
    const ofContent = (digests.get(image.subject_key ?? '') ?? []).flatMap(
      digest => byDigest.get(digest) ?? [],
    );
    const ofContainer = byController.get(image.id) ?? [];
    const standing = standingAmong(ofContainer, [...ofContainer, ...ofContent]);
    const distinct = new Map(
      [...standing.sort(newestFirst), ...newestOfEach(ofContent)].map(row => [
        `${row.feed}/${row.source}/${row.uid}`,
        row,
      ]),
    );
    reports.set(
      image.id,
      [...distinct.values()].slice(0, MAXIMUM_REPORTS).sort(newestFirst),
    );
  }
  const scans = await readScanContents(knex, [...reports.values()].flat());
  return new Map(
    [...reports].map(([id, rows]) => [
      id,
      rows.map(row =>
        reportEvidenceOf({ row, scan: scans.get(row.scan_hash ?? '') }),
      ),
    ]),
  );
}

/** Those of a container that nothing replaces, of this cluster or of another one that runs the same content. */
function standingAmong(rows: ReportRow[], others: ReportRow[]): ReportRow[] {
  return rows.filter(row => row.gone_at === null || !isReplaced(row, others));
}

/** What a scanner says of one content says it for every container that runs it: hundreds of reports are one answer. */
function newestOfEach(rows: ReportRow[]): ReportRow[] {
  const chosen = new Map<string, ReportRow>();
  for (const row of [...rows].sort(newestFirst)) {
    const { feed, status, digest, platform } = row;
    const key = JSON.stringify([feed, status, digest, platform]);
    chosen.set(key, chosen.get(key) ?? row);
  }
  return [...chosen.values()];
}

function newestFirst(left: ReportRow, right: ReportRow): number {
  const before = left.scanned_at ?? '';
  const after = right.scanned_at ?? '';
  if (before === after) {
    return left.uid < right.uid ? -1 : 1;
  }
  return before > after ? -1 : 1;
}

/** Every digest a scan of some images may name, by their subject. */
export async function digestsOf(
  knex: Knex,
  images: RunningImageRow[],
): Promise<Map<string, string[]>> {
  const keys = images.flatMap(image => image.subject_key ?? []);
  const rows = await knex<SubjectDigestRow>('subject_digests')
    .whereIn('subject_key', [...new Set(keys)])
    .orderBy(['subject_key', 'digest']);
  const digests = new Map<string, string[]>();
  for (const row of rows) {
    const known = digests.get(row.subject_key) ?? [];
    known.push(row.digest);
    digests.set(row.subject_key, known);
  }
  return digests;
}

async function reportsByDigest(
  knex: Knex,
  digests: string[],
): Promise<Map<string, ReportRow[]>> {
  const reports = new Map<string, ReportRow[]>();
  for (const chunk of chunksOf(digests)) {
    const rows: ReportRow[] = await knex<ReportRow>('reports').whereIn(
      'digest',
      chunk,
    );
    for (const row of rows) {
      const known = reports.get(row.digest!) ?? [];
      known.push(row);
      reports.set(row.digest!, known);
    }
  }
  return reports;
}
