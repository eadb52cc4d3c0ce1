import { Knex } from 'knex';
import { RunningImageRow } from '../../tables';

/** Options of {@link listEntityRuns}. */
export type ListEntityRunsOptions = { knex: Knex; entityRef: string };

/** Everything that runs, or last ran, for an entity. The caller has been authorised before. */
export async function listEntityRuns(
  options: ListEntityRunsOptions,
): Promise<RunningImageRow[]> {
  const { knex, entityRef } = options;
  return knex<RunningImageRow>('running_images')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .where('links.entity_ref', entityRef)
    .orderBy(['running_images.image_ref', 'running_images.id'])
    .select('running_images.*');
}
