import { EntityFacts } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { EntityRow } from '../../tables';
import { entityFactsOf } from '../entities/entityFactsOf';

/** Options of {@link listLinkableEntities}. */
export type ListLinkableEntitiesOptions = { knex: Knex };

/** An entity with what links pods to it. */
export type LinkableEntityFacts = {
  facts: EntityFacts;
  annotations: Record<string, string>;
};

const LINKING = 'backstage.io/kubernetes-';

/** Every entity that can be linked to pods. */
export async function listLinkableEntities(
  options: ListLinkableEntitiesOptions,
): Promise<LinkableEntityFacts[]> {
  const rows: EntityRow[] = await options
    .knex<EntityRow>('entities')
    .where('annotations', 'like', `%${LINKING}%`)
    .orderBy('ref');
  return rows.map(row => ({
    facts: entityFactsOf(row),
    annotations: Object.fromEntries(
      Object.entries(JSON.parse(row.annotations) as Record<string, string>)
        // Nothing else of an entity concerns a cluster.
        .filter(([key]) => key.startsWith(LINKING)),
    ),
  }));
}
