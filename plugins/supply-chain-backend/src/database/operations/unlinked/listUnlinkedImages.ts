import { Knex } from 'knex';
import { ImageSummaryRow, RunningImageRow } from '../../tables';

/** A running image of a workload of no entity, with what was judged of it. */
export type UnlinkedImageRow = RunningImageRow &
  Partial<Pick<ImageSummaryRow, 'outcome' | 'reason'>>;

/** Options of {@link listUnlinkedImages}. */
export type ListUnlinkedImagesOptions = {
  knex: Knex;
  offset: number;
  limit: number;
};

function unlinkedImages(knex: Knex): Knex.QueryBuilder {
  // Few of many: both lists of ids are read once, in their order.
  const ids = knex('running_images as runs')
    .where({ 'runs.annotated': false, 'runs.running': true })
    .select('runs.id')
    .except(knex('running_image_entities').select('running_image_id'));
  return knex('running_images').whereIn('running_images.id', ids);
}

/** Running images of workloads of no entity. The caller has been authorised before. */
export async function listUnlinkedImages(
  options: ListUnlinkedImagesOptions,
): Promise<UnlinkedImageRow[]> {
  const { knex, offset, limit } = options;
  return unlinkedImages(knex)
    .leftJoin('image_summaries as judged', join =>
      join
        .on('judged.running_image_id', 'running_images.id')
        .andOn(knex.raw("judged.entity_ref = ''")),
    )
    .orderBy([
      'running_images.cluster',
      'running_images.namespace',
      'running_images.workload_name',
      'running_images.id',
    ])
    .offset(offset)
    .limit(limit)
    .select('running_images.*', 'judged.outcome', 'judged.reason');
}

/** How many there are, as images and as workloads. */
export async function countUnlinked(options: {
  knex: Knex;
}): Promise<{ images: number; workloads: number }> {
  const { knex } = options;
  const workloads = unlinkedImages(knex)
    .groupBy('cluster', 'namespace', 'workload_kind', 'workload_name')
    .count({ images: '*' });
  const [row] = await knex
    .from(workloads.as('workloads'))
    .count({ count: '*' })
    .sum({ images: 'images' });
  return { images: Number(row.images ?? 0), workloads: Number(row.count) };
}
