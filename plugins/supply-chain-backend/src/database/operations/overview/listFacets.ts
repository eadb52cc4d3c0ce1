import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { servicesQuery, summariesQuery } from './servicesQuery';

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
  const all = { knex, visible, filter: {} };
  const services = () => servicesQuery(all);
  // Few values, each asked about until a service has it: to join all services for each list would take ten times as long.
  const valuesOf = (column: 'owner' | 'system' | 'lifecycle') =>
    knex
      .from(knex('entities').distinct(column).as('known'))
      .whereExists(
        services()
          .whereRaw('?? = ??', [`entities.${column}`, `known.${column}`])
          .select(knex.raw('1')),
      )
      .orderBy(column)
      .pluck(column);
  // The summaries name them: a join with everything that runs would cost ten times as much.
  const lists: string[] = await summariesQuery(all)
    .where('summaries.running', true)
    .distinct('summaries.clusters')
    .pluck('summaries.clusters');
  const clusters = new Set(lists.flatMap(list => JSON.parse(list) as string[]));
  return {
    owners: await valuesOf('owner'),
    systems: await valuesOf('system'),
    lifecycles: await valuesOf('lifecycle'),
    clusters: [...clusters].sort(),
  };
}
