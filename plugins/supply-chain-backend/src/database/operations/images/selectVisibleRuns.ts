import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { RunningImageRow } from '../../tables';

/** A running image with one entity it belongs to; empty when it belongs to none. */
export type VisibleRun = RunningImageRow & { entity_ref: string };

/** Options of {@link selectVisibleRuns}. */
export type SelectVisibleRunsOptions = {
  knex: Knex;
  visible: VisibleEntities;
  /** Which rows of `running_images`. */
  restrict: (query: Knex.QueryBuilder) => void;
  /** Those last seen first; absent: all. */
  limit?: number;
};

/**
 * Running images as far as the caller may see them (L33): those of visible entities, and for who may see workloads of
 * no entity those too. One row for each pair of running image and entity.
 */
export async function selectVisibleRuns(
  options: SelectVisibleRunsOptions,
): Promise<VisibleRun[]> {
  const { knex, visible, restrict, limit } = options;
  const linked = knex<RunningImageRow>('running_images')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .join('entities', 'entities.ref', 'links.entity_ref')
    .select('running_images.*', 'links.entity_ref');
  restrict(linked);
  applyVisibility(knex, linked, visible);
  const unlinked = knex<RunningImageRow>('running_images')
    .where({ annotated: false })
    .whereNotExists(
      knex('running_image_entities as links')
        .whereRaw('links.running_image_id = running_images.id')
        .select(knex.raw('1')),
    )
    .select('running_images.*');
  restrict(unlinked);
  if (limit !== undefined) {
    for (const query of [linked, unlinked]) {
      query.orderBy('running_images.last_seen', 'desc').limit(limit);
    }
  }
  linked.orderBy(['links.entity_ref', 'running_images.id']);
  unlinked.orderBy('running_images.id');
  const runs: VisibleRun[] = await linked;
  if (!visible.unlinked) {
    return runs;
  }
  const rows: RunningImageRow[] = await unlinked;
  return [...runs, ...rows.map(row => ({ ...row, entity_ref: '' }))];
}
