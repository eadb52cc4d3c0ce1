import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { EntityRow } from '../../tables';

/** Options of {@link removeOtherEntities}. */
export type RemoveOtherEntitiesOptions = {
  transaction: Knex.Transaction;
  /** Refs of the entities that stay. */
  refs: ReadonlySet<string>;
};

const TABLES_BY_ENTITY = [
  'running_image_entities',
  'verdicts',
  'image_summaries',
  'entity_summaries',
  'alerts',
];

/**
 * Removes entities the catalog no longer holds, with everything that is said about them; history stays.
 * Returns the running images that belonged to them.
 */
export async function removeOtherEntities(
  options: RemoveOtherEntitiesOptions,
): Promise<{ removed: number; runningImageIds: string[] }> {
  const { transaction, refs } = options;
  const known = await transaction<EntityRow>('entities').select('ref');
  const gone = known.map(row => row.ref).filter(ref => !refs.has(ref));
  const runningImageIds: string[] = [];
  for (const chunk of chunksOf(gone)) {
    const links = await transaction('running_image_entities')
      .whereIn('entity_ref', chunk)
      .select<{ running_image_id: string }[]>('running_image_id');
    runningImageIds.push(...links.map(link => link.running_image_id));
    for (const table of TABLES_BY_ENTITY) {
      await transaction(table).whereIn('entity_ref', chunk).delete();
    }
    await transaction<EntityRow>('entities').whereIn('ref', chunk).delete();
  }
  return { removed: gone.length, runningImageIds };
}
