import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { RunningImageRow } from '../../tables';

/** A running image with one entity it belongs to; empty when it belongs to none. */
export type VisibleRun = RunningImageRow & { entity_ref: string };

/** Options of {@link listVisibleRuns}. */
export type ListVisibleRunsOptions = {
  knex: Knex;
  subjectKey: string;
  visible: VisibleEntities;
};

/**
 * Where one image runs, as far as the caller may see: an image is readable if and only if
 * this is not empty (L33). One row for each pair of running image and entity.
 */
export async function listVisibleRuns(
  options: ListVisibleRunsOptions,
): Promise<VisibleRun[]> {
  const { knex, subjectKey, visible } = options;
  const linked = knex<RunningImageRow>('running_images')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .join('entities', 'entities.ref', 'links.entity_ref')
    .where('running_images.subject_key', subjectKey)
    .orderBy(['links.entity_ref', 'running_images.id'])
    .select('running_images.*', 'links.entity_ref');
  applyVisibility(knex, linked, visible);
  const runs: VisibleRun[] = await linked;
  if (!visible.unlinked) {
    return runs;
  }
  const unlinked: RunningImageRow[] = await knex<RunningImageRow>(
    'running_images',
  )
    .where({ subject_key: subjectKey, annotated: false })
    .whereNotExists(
      knex('running_image_entities as links')
        .whereRaw('links.running_image_id = running_images.id')
        .select(knex.raw('1')),
    )
    .orderBy('id')
    .select('running_images.*');
  return [...runs, ...unlinked.map(row => ({ ...row, entity_ref: '' }))];
}
