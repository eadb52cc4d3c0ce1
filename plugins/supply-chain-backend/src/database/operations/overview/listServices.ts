import { Knex } from 'knex';
import { EntityRow, EntitySummaryRow } from '../../tables';
import {
  joinedServices,
  servicesQuery,
  ServicesQueryOptions,
} from './servicesQuery';

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

const SELECTED = [
  'summaries.*',
  'entities.ref',
  'entities.title',
  'entities.owner',
  'entities.system',
  'entities.lifecycle',
];

const NULLABLE: ServiceOrder['by'][] = ['owner', 'changed'];

/** One page of services. Sorted by what is sorted by alone: all their summaries would be ten times as much. */
export async function listServices(
  options: ListServicesOptions,
): Promise<ServiceSummaryRow[]> {
  const { knex, order, offset, limit } = options;
  const refs = inOrder(servicesQuery(options), order)
    .offset(offset)
    .limit(limit)
    .select('entities.ref');
  const page = joinedServices(knex).whereIn('entities.ref', refs);
  return inOrder(page, order).select(SELECTED);
}

/** All of them in the same order, in one statement: as of one instant on either engine. */
export async function listAllServices(
  options: ListAllServicesOptions,
): Promise<ServiceSummaryRow[]> {
  return inOrder(servicesQuery(options), options.order).select(SELECTED);
}

function inOrder(
  services: Knex.QueryBuilder,
  { by, direction }: ServiceOrder,
): Knex.QueryBuilder {
  const column = COLUMNS[by];
  if (NULLABLE.includes(by)) {
    // Not knex's `nulls: 'last'`: on SQLite it sorts by nothing but that.
    services.orderByRaw('case when ?? is null then 1 else 0 end', [column]);
  }
  return (
    services
      .orderBy(column, direction)
      // A total order, so that pages neither repeat nor skip a row; of the table whose index is in this order.
      .orderBy('summaries.entity_ref')
  );
}
