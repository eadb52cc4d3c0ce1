import { Knex } from 'knex';
import { EntityColumns } from '../../../permissions/entityRules';
import { chunksOf } from '../../chunks';
import { EntityRow } from '../../tables';

/** Options of {@link readEntityColumns}. */
export type ReadEntityColumnsOptions = {
  knex: Knex;
  /** Full entity refs, lower case. */
  refs: string[];
};

/** What permission rules look at, by entity ref; unknown entities are left out. */
export async function readEntityColumns(
  options: ReadEntityColumnsOptions,
): Promise<Map<string, EntityColumns>> {
  const { knex, refs } = options;
  const found = new Map<string, EntityColumns>();
  for (const chunk of chunksOf([...new Set(refs)])) {
    const rows = await knex<EntityRow>('entities')
      .whereIn('ref', chunk)
      .select('ref', 'kind', 'namespace', 'owner', 'system', 'lifecycle');
    rows.forEach(({ ref, ...columns }) => found.set(ref, columns));
  }
  return found;
}
