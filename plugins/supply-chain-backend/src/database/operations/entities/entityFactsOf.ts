import { EntityFacts } from 'backstage-plugin-supply-chain-common';
import { EntityRow } from '../../tables';

/** An entity as policies see it. */
export function entityFactsOf(row: EntityRow): EntityFacts {
  return {
    ref: row.ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    ...(row.type && { type: row.type }),
    ...(row.lifecycle && { lifecycle: row.lifecycle }),
    ...(row.owner && { owner: row.owner }),
    ...(row.system && { system: row.system }),
    ...(row.source_location && { sourceLocation: row.source_location }),
    ...(row.catalog_location && { catalogLocation: row.catalog_location }),
  };
}
