import { Knex } from 'knex';
import { applyVisibility } from '../../../permissions/applyVisibility';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { chunksOf } from '../../chunks';
import { EntityRow } from '../../tables';

/** Options of {@link listVisibleRefs}. */
export type ListVisibleRefsOptions = {
  knex: Knex;
  /** Full entity refs, lower case. */
  refs: string[];
  visible: VisibleEntities;
};

/** Those of some entities that are visible. */
export async function listVisibleRefs(
  options: ListVisibleRefsOptions,
): Promise<Set<string>> {
  const { knex, refs, visible } = options;
  const found = new Set<string>();
  for (const chunk of chunksOf(refs)) {
    const query = knex<EntityRow>('entities').whereIn('entities.ref', chunk);
    applyVisibility(knex, query, visible);
    const rows: Pick<EntityRow, 'ref'>[] = await query.select('entities.ref');
    rows.forEach(({ ref }) => found.add(ref));
  }
  return found;
}
