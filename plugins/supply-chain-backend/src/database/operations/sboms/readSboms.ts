import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  RunningImageRow,
  SbomComponentsRow,
  SbomReportRow,
  SbomRow,
} from '../../tables';
import { digestsOf } from '../reports/readScans';
import { rowsByController } from '../reports/rowsByController';

/** Options of {@link readSboms}. */
export type ReadSbomsOptions = {
  knex: Knex;
  /** Of one subject. */
  images: RunningImageRow[];
};

/** What may say what is in an image. */
export type StoredSboms = {
  /** By digests: of the image, its platforms or its indexes. */
  sboms: SbomRow[];
  /** Reports on its containers, of whatever digest. */
  reports: SbomReportRow[];
};

/**
 * Every SBOM that may describe what runs. None for annotated images: a report of a cluster tells that somebody runs the image
 * there, and who only names it need not know (L33).
 */
export async function readSboms(
  options: ReadSbomsOptions,
): Promise<StoredSboms> {
  const { knex } = options;
  const images = options.images.filter(image => !image.annotated);
  const digests = new Set([...(await digestsOf(knex, images)).values()].flat());
  const sboms: SbomRow[] = [];
  for (const chunk of chunksOf([...digests])) {
    sboms.push(...(await knex<SbomRow>('sboms').whereIn('digest', chunk)));
  }
  const reports = await rowsByController<SbomReportRow>({
    knex,
    table: 'sbom_reports',
    images,
  });
  return { sboms, reports: [...reports.values()].flat() };
}

/** The components an SBOM lists, as they were stored; undefined when they have been forgotten meanwhile. */
export async function readSbomComponents(options: {
  knex: Knex;
  hash: string;
}): Promise<string | undefined> {
  const row = await options
    .knex<SbomComponentsRow>('sbom_components')
    .where({ hash: options.hash })
    .first();
  return row?.components;
}
