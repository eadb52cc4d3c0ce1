import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageEntityRow } from '../../tables';

/** Options of {@link listImagesOfEntities}. */
export type ListImagesOfEntitiesOptions = {
  knex: Knex;
  entityRefs: string[];
};

/** Ids of the running images of some entities. */
export async function listImagesOfEntities(
  options: ListImagesOfEntitiesOptions,
): Promise<string[]> {
  const { knex, entityRefs } = options;
  const ids: string[] = [];
  for (const chunk of chunksOf(entityRefs)) {
    const rows = await knex<RunningImageEntityRow>('running_image_entities')
      .whereIn('entity_ref', chunk)
      .select('running_image_id');
    ids.push(...rows.map(row => row.running_image_id));
  }
  return ids;
}
