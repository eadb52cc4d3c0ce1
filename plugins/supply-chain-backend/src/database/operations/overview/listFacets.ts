import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { servicesQuery } from './servicesQuery';

/** Values the overview can be narrowed to. */
export type Facets = {
  owners: string[];
  systems: string[];
  lifecycles: string[];
  clusters: string[];
};

/** Options of {@link listFacets}. */
export type ListFacetsOptions = { knex: Knex; visible: VisibleEntities };

/** The values that occur among the services the caller may see. */
export async function listFacets(options: ListFacetsOptions): Promise<Facets> {
  const { knex, visible } = options;
  const valuesOf = async (
    column: string,
    query: Knex.QueryBuilder,
  ): Promise<string[]> => {
    const values: string[] = await query
      .whereNotNull(column)
      .distinct(column)
      .orderBy(column)
      .pluck(column);
    return values;
  };
  const services = () => servicesQuery({ knex, visible, filter: {} });
  // The summaries name them: a join with everything that runs would cost ten times as much.
  const lists: string[] = await services()
    .where('summaries.running', true)
    .distinct('summaries.clusters')
    .pluck('summaries.clusters');
  const clusters = new Set(lists.flatMap(list => JSON.parse(list) as string[]));
  return {
    owners: await valuesOf('entities.owner', services()),
    systems: await valuesOf('entities.system', services()),
    lifecycles: await valuesOf('entities.lifecycle', services()),
    clusters: [...clusters].sort(),
  };
}
