import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import {
  seesEverything,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';

/** Options of {@link countedSummaries}. */
export type CountedSummariesOptions = { knex: Knex; visible: VisibleEntities };

/** Summaries of running images that count, `image_summaries as images`, as far as the caller may see who runs them (L33). */
export function countedSummaries(
  options: CountedSummariesOptions,
): Knex.QueryBuilder {
  const { knex, visible } = options;
  const entities = knex('entities').select('entities.ref');
  applyVisibility(knex, entities, visible);
  return knex('image_summaries as images')
    .where({ 'images.counted': true, 'images.running': true })
    .where(place => {
      if (seesEverything(visible)) {
        // PostgreSQL takes a list of all entities for dear, and then reads all images in the place of a few.
        place.whereExists(
          entities.whereRaw('entities.ref = images.entity_ref'),
        );
      } else {
        place.whereIn('images.entity_ref', entities);
      }
      if (visible.unlinked) {
        // Of a workload of no entity.
        place.orWhere('images.entity_ref', '');
      }
    });
}
