import { Knex } from 'knex';
import { linksOf } from '../../../catalog/entityRowOf';
import { chunksOf } from '../../chunks';
import { EntityRow } from '../../tables';

/** Options of {@link upsertEntities}. */
export type UpsertEntitiesOptions = {
  transaction: Knex.Transaction;
  rows: EntityRow[];
  /** Whether an operator limits what annotations may claim (L31). */
  claimsLimited: boolean;
};

/** What {@link upsertEntities} found. */
export type UpsertEntitiesResult = {
  changedRefs: string[];
  /** Whether something that links entities to pods changed. */
  linksChanged: boolean;
};

/** Writes entities that differ from what is stored. */
export async function upsertEntities(
  options: UpsertEntitiesOptions,
): Promise<UpsertEntitiesResult> {
  const { transaction, claimsLimited } = options;
  const result: UpsertEntitiesResult = { changedRefs: [], linksChanged: false };
  for (const rows of chunksOf(options.rows)) {
    const stored = new Map<string, EntityRow>();
    const known: EntityRow[] = await transaction<EntityRow>('entities').whereIn(
      'ref',
      rows.map(row => row.ref),
    );
    known.forEach(row => stored.set(row.ref, row));
    const changed = rows.filter(row => stored.get(row.ref)?.hash !== row.hash);
    for (const row of changed) {
      const before = stored.get(row.ref);
      const links = before ? linksOf({ row: before, claimsLimited }) : '';
      result.changedRefs.push(row.ref);
      result.linksChanged ||= links !== linksOf({ row, claimsLimited });
    }
    if (changed.length > 0) {
      await transaction<EntityRow>('entities')
        .insert(changed)
        .onConflict('ref')
        .merge();
    }
  }
  return result;
}
