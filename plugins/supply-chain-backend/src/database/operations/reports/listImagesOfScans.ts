import { Knex } from 'knex';
import { ReportRow, UploadRow } from '../../tables';
import { listReportedImages } from './listReportedImages';
import { ReportPlace } from './upsertReports';

/** Options of {@link listImagesOfScans}. */
export type ListImagesOfScansOptions = {
  knex: Knex | Knex.Transaction;
  /** Few. */
  scanHashes: string[];
};

/** Ids of the running images that some scans may speak for, reported or handed in. */
export async function listImagesOfScans(
  options: ListImagesOfScansOptions,
): Promise<string[]> {
  const { knex, scanHashes } = options;
  const reported: ReportRow[] = await knex<ReportRow>('reports').whereIn(
    'scan_hash',
    scanHashes,
  );
  const uploads: Pick<UploadRow, 'digest'>[] = await knex<UploadRow>('uploads')
    .whereIn('scan_hash', scanHashes)
    .select('digest');
  const handedIn = uploads.map(
    ({ digest }): ReportPlace => ({
      source: '',
      namespace: '',
      controller_kind: '',
      controller_name: '',
      container: '',
      digest,
    }),
  );
  return listReportedImages({
    transaction: knex,
    places: [...reported, ...handedIn],
  });
}
