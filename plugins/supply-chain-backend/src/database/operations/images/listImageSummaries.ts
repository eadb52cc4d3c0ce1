import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ImageSummaryRow } from '../../tables';

/** Options of {@link listImageSummaries}. */
export type ListImageSummariesOptions = {
  knex: Knex;
  runningImageIds: string[];
  /** Empty ref: workloads of no entity. */
  entityRefs: string[];
};

/** What was judged of some running images for some entities. */
export async function listImageSummaries(
  options: ListImageSummariesOptions,
): Promise<ImageSummaryRow[]> {
  const { knex, runningImageIds, entityRefs } = options;
  const wanted = new Set(entityRefs);
  const rows: ImageSummaryRow[] = [];
  for (const ids of chunksOf(runningImageIds)) {
    const found = await knex<ImageSummaryRow>('image_summaries')
      .whereIn('running_image_id', ids)
      .select('*');
    rows.push(...found.filter(row => wanted.has(row.entity_ref)));
  }
  return rows;
}
