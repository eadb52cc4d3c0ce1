import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { EntityRow } from '../../tables';

/** Options of {@link readVisibleEntity}. */
export type ReadVisibleEntityOptions = {
  knex: Knex;
  /** Full entity ref, lower case. */
  ref: string;
  visible: VisibleEntities;
};

/** An entity, if it exists and the caller may see it: the two cases look the same from outside (L33). */
export async function readVisibleEntity(
  options: ReadVisibleEntityOptions,
): Promise<EntityRow | undefined> {
  const { knex, ref, visible } = options;
  const query = knex<EntityRow>('entities').where('entities.ref', ref);
  applyVisibility(knex, query, visible);
  return query.first('entities.*');
}
