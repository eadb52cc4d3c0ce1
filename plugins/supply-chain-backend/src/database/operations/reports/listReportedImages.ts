import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageControllerRow, SubjectDigestRow } from '../../tables';
import { ReportPlace } from './upsertReports';

/** Options of {@link listReportedImages}. */
export type ListReportedImagesOptions = {
  transaction: Knex | Knex.Transaction;
  places: ReportPlace[];
};

/**
 * Ids of the running images some reports may speak for: by digest (of the image, its platforms or its indexes), or by
 * controller, to which scanners that name no digest tie their reports.
 */
export async function listReportedImages(
  options: ListReportedImagesOptions,
): Promise<string[]> {
  const { transaction, places } = options;
  const ids = new Set<string>();
  for (const chunk of chunksOf(places, 100)) {
    const digests = chunk.flatMap(each => (each.digest ? [each.digest] : []));
    const keys = transaction<SubjectDigestRow>('subject_digests')
      .whereIn('digest', [...new Set(digests)])
      .select('subject_key');
    const byDigest: { id: string }[] = await transaction('running_images')
      .where({ running: true })
      .whereIn('subject_key', keys)
      .select('id');
    byDigest.forEach(row => ids.add(row.id));
    const controllers = chunk.map(each => [
      each.source,
      each.namespace,
      each.controller_kind,
      each.controller_name,
    ]);
    const byController = await transaction<RunningImageControllerRow>(
      'running_image_controllers',
    )
      .whereIn(['cluster', 'namespace', 'kind', 'name'], controllers)
      .select('running_image_id');
    byController.forEach(row => ids.add(row.running_image_id));
  }
  return [...ids];
}
