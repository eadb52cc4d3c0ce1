import { Knex } from 'knex';
import { EntityRow, EntitySummaryRow } from '../../tables';
import { servicesQuery, ServicesQueryOptions } from './servicesQuery';

/** A service with its stored summary. */
export type ServiceSummaryRow = EntitySummaryRow &
  Pick<EntityRow, 'ref' | 'title' | 'owner' | 'system' | 'lifecycle'>;

/** How services are sorted. */
export type ServiceOrder = {
  by: 'outcome' | 'name' | 'owner' | 'changed';
  direction: 'asc' | 'desc';
};

/** Options of {@link listAllServices}. */
export type ListAllServicesOptions = ServicesQueryOptions & {
  order: ServiceOrder;
};

/** Options of {@link listServices}. */
export type ListServicesOptions = ListAllServicesOptions & {
  offset: number;
  limit: number;
};

const COLUMNS = {
  outcome: 'summaries.outcome_rank',
  name: 'entities.name',
  owner: 'entities.owner',
  changed: 'summaries.changed_at',
};

const NULLABLE: ServiceOrder['by'][] = ['owner', 'changed'];

/** One page of services. */
export async function listServices(
  options: ListServicesOptions,
): Promise<ServiceSummaryRow[]> {
  const { offset, limit } = options;
  return ordered(options).offset(offset).limit(limit);
}

/** All of them in the same order, in one statement: as of one instant on either engine. */
export async function listAllServices(
  options: ListAllServicesOptions,
): Promise<ServiceSummaryRow[]> {
  return ordered(options);
}

function ordered(options: ListAllServicesOptions): Knex.QueryBuilder {
  const { order } = options;
  const column = COLUMNS[order.by];
  const query = servicesQuery(options);
  if (NULLABLE.includes(order.by)) {
    // Not knex's `nulls: 'last'`: on SQLite it sorts by nothing but that.
    query.orderByRaw('case when ?? is null then 1 else 0 end', [column]);
  }
  return (
    query
      .orderBy(column, order.direction)
      // A total order, so that pages neither repeat nor skip a row; of the table whose index is in this order.
      .orderBy('summaries.entity_ref')
      .select(
        'summaries.*',
        'entities.ref',
        'entities.title',
        'entities.owner',
        'entities.system',
        'entities.lifecycle',
      )
  );
}
