import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageRow, UploadRow } from '../../tables';
import { digestsOf } from '../reports/readScans';
import { readScanContents } from '../scans/readScanContents';
import { UploadedEvidence, uploadedEvidenceOf } from './uploadRow';

/** Options of {@link readUploads}. */
export type ReadUploadsOptions = { knex: Knex; images: RunningImageRow[] };

/**
 * What was handed in about some running images, by the id of the image. Each speaks for the entity in its `scope`
 * alone, and is nothing to anybody else (L9, L33).
 */
export async function readUploads(
  options: ReadUploadsOptions,
): Promise<Map<string, UploadedEvidence[]>> {
  const { knex, images } = options;
  const members = await digestsOf(knex, images);
  const wanted = new Map(
    images.map(image => [
      image.id,
      new Set([
        ...(image.digest ? [image.digest] : []),
        ...(members.get(image.subject_key ?? '') ?? []),
      ]),
    ]),
  );
  const rows = await readRows(knex, [
    ...new Set([...wanted.values()].flatMap(digests => [...digests])),
  ]);
  const uploads = await evidenceOf(knex, rows);
  return new Map(
    images.map(image => [
      image.id,
      rows
        .filter(
          row =>
            row.repository === image.repository &&
            wanted.get(image.id)!.has(row.digest),
        )
        .flatMap(row => uploads.get(row.id) ?? []),
    ]),
  );
}

/** Options of {@link readEntityUploads}. */
export type ReadEntityUploadsOptions = {
  knex: Knex;
  entityRef: string;
  repository: string;
  /** Every digest that what is about the image may name (L3). */
  digests: string[];
};

/** The same for one entity and an image that need not run. */
export async function readEntityUploads(
  options: ReadEntityUploadsOptions,
): Promise<UploadedEvidence[]> {
  const { knex, entityRef, repository, digests } = options;
  const rows = (await readRows(knex, digests)).filter(
    row => row.entity_ref === entityRef && row.repository === repository,
  );
  return [...(await evidenceOf(knex, rows)).values()];
}

async function readRows(knex: Knex, digests: string[]): Promise<UploadRow[]> {
  const found: UploadRow[] = [];
  for (const chunk of chunksOf(digests)) {
    const rows: UploadRow[] = await knex<UploadRow>('uploads')
      .whereIn('digest', chunk)
      .orderBy('id');
    found.push(...rows);
  }
  return found;
}

async function evidenceOf(
  knex: Knex,
  rows: UploadRow[],
): Promise<Map<string, UploadedEvidence>> {
  const scans = await readScanContents(knex, rows);
  return new Map(
    rows.flatMap(row => {
      const evidence = uploadedEvidenceOf(row, scans.get(row.scan_hash ?? ''));
      return evidence ? [[row.id, evidence] as const] : [];
    }),
  );
}
