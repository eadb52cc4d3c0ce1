import {
  compileNamespaceClaims,
  EntityLinker,
  EntityLinkerOptions,
  NamespaceClaims,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { EntityRow } from '../../tables';
import { entityFactsOf } from './entityFactsOf';

/** Options of {@link readLinker}. */
export type ReadLinkerOptions = {
  knex: Knex;
  /** Limits on what annotations may claim (L31). Absent: none. */
  claims?: NamespaceClaims;
};

/** Reads the links of all entities to pods. */
export async function readLinker(
  options: ReadLinkerOptions,
): Promise<EntityLinker> {
  const { knex, claims } = options;
  const rows: EntityRow[] = await knex<EntityRow>('entities')
    .where('annotations', 'like', '%backstage.io/kubernetes-%')
    .orderBy('ref');
  return EntityLinker.create({
    entities: rows.map(row => ({
      ref: row.ref,
      annotations: JSON.parse(row.annotations),
    })),
    ...(claims && { mayClaim: mayClaimOf(rows, claims) }),
  });
}

function mayClaimOf(
  rows: EntityRow[],
  claims: NamespaceClaims,
): EntityLinkerOptions['mayClaim'] {
  const entities = new Map(rows.map(row => [row.ref, entityFactsOf(row)]));
  const mayClaim = compileNamespaceClaims(claims);
  return ({ entityRef, cluster, namespace }) => {
    const entity = entities.get(entityRef);
    return entity !== undefined && mayClaim({ entity, cluster, namespace });
  };
}
