import { Knex } from 'knex';
import { RunningImageRow } from '../../tables';

/** Options of {@link readEntityLinks}. */
export type ReadEntityLinksOptions = {
  knex: Knex;
  entityRef: string;
  /** Normalised. */
  repository: string;
};

/**
 * What an entity runs from a repository (L30). A container that never started proves nothing: anybody may write any
 * reference into a pod.
 */
export async function readEntityLinks(
  options: ReadEntityLinksOptions,
): Promise<RunningImageRow[]> {
  const { knex, entityRef, repository } = options;
  return knex<RunningImageRow>('running_images')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .where({
      'links.entity_ref': entityRef,
      'running_images.repository': repository,
      'running_images.annotated': false,
      'running_images.running': true,
      'running_images.started': true,
    })
    .orderBy('running_images.id')
    .select('running_images.*');
}
