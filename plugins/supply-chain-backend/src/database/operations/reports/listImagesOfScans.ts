import { Knex } from 'knex';
import { ReportRow } from '../../tables';
import { listReportedImages } from './listReportedImages';

/** Options of {@link listImagesOfScans}. */
export type ListImagesOfScansOptions = {
  knex: Knex | Knex.Transaction;
  /** Few. */
  scanHashes: string[];
};

/** Ids of the running images that some scans may speak for. */
export async function listImagesOfScans(
  options: ListImagesOfScansOptions,
): Promise<string[]> {
  const { knex, scanHashes } = options;
  const places: ReportRow[] = await knex<ReportRow>('reports').whereIn(
    'scan_hash',
    scanHashes,
  );
  return listReportedImages({ transaction: knex, places });
}
