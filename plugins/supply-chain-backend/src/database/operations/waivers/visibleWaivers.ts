import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import {
  seesEverything,
  VisibleEntities,
} from '../../../permissions/VisibleEntities';

/** Options of {@link visibleWaivers}. */
export type VisibleWaiversOptions = { knex: Knex; visible: VisibleEntities };

/**
 * Waivers of the page as far as the caller may see an entity or an image they are about (L33). What is about nothing
 * that exists any more is left to those who see everything.
 */
export function visibleWaivers(
  options: VisibleWaiversOptions,
): Knex.QueryBuilder {
  const { knex, visible } = options;
  const query = knex('waivers');
  if (seesEverything(visible)) {
    return query;
  }
  const entities = () => {
    const refs = knex('entities').select('entities.ref');
    applyVisibility(knex, refs, visible);
    return refs;
  };
  const runs = () =>
    knex('running_images as runs')
      .whereRaw('runs.repository = waivers.repository')
      .whereRaw('(waivers.digest is null or runs.digest = waivers.digest)')
      .select(knex.raw('1'));
  const links = () =>
    knex('running_image_entities as links')
      .whereRaw('links.running_image_id = runs.id')
      .select(knex.raw('1'));
  return query.where(any => {
    any.whereIn('waivers.entity_ref', entities()).orWhere(everywhere =>
      everywhere.whereNull('waivers.entity_ref').where(one => {
        one
          .whereIn('waivers.about_entity_ref', entities())
          .orWhereExists(
            runs().whereExists(links().whereIn('links.entity_ref', entities())),
          );
        if (visible.unlinked) {
          one.orWhereExists(
            runs().where('runs.annotated', false).whereNotExists(links()),
          );
        }
      }),
    );
  });
}
