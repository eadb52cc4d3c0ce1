import { EntityLinker } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { EntityRow } from '../../tables';

/** Reads the links of all entities to pods. */
export async function readLinker(knex: Knex): Promise<EntityLinker> {
  const rows = await knex<EntityRow>('entities')
    .where('annotations', 'like', '%backstage.io/kubernetes-%')
    .orderBy('ref')
    .select('ref', 'annotations');
  return EntityLinker.create({
    entities: rows.map(row => ({
      ref: row.ref,
      annotations: JSON.parse(row.annotations),
    })),
  });
}
