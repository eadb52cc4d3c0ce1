import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { RunningImageRow } from '../../tables';

/** Options of {@link listVisibleRuns}. */
export type ListVisibleRunsOptions = {
  knex: Knex;
  visible: VisibleEntities;
  /** Id of the last one that is known already. */
  after?: string;
  limit: number;
};

/** A running image, and those of its entities that may be seen. */
export type VisibleRun = { row: RunningImageRow; entityRefs: Set<string> };

/** What runs, in the order of its ids, as far as it may be seen; workloads of no entity by their own permission. */
export async function listVisibleRuns(
  options: ListVisibleRunsOptions,
): Promise<VisibleRun[]> {
  const { knex, visible, after, limit } = options;
  const links = () =>
    knex('running_image_entities')
      .join('entities', 'entities.ref', 'running_image_entities.entity_ref')
      .modify(query => applyVisibility(knex, query, visible));
  const query = knex<RunningImageRow>('running_images')
    .where({ running: true, annotated: false })
    .andWhere(inner => {
      inner.whereIn('id', links().select('running_image_id'));
      if (visible.unlinked) {
        inner.orWhereNotIn(
          'id',
          knex('running_image_entities').select('running_image_id'),
        );
      }
    })
    .orderBy('id')
    .limit(limit);
  if (after !== undefined) {
    query.andWhere('id', '>', after);
  }
  const rows: RunningImageRow[] = await query;
  const linked: { id: string; ref: string }[] = await links()
    .whereIn(
      'running_image_id',
      rows.map(row => row.id),
    )
    .select({ id: 'running_image_id', ref: 'entities.ref' });
  return rows.map(row => ({
    row,
    entityRefs: new Set(
      linked.filter(each => each.id === row.id).map(each => each.ref),
    ),
  }));
}
