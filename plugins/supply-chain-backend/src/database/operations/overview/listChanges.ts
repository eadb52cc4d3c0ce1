import { EntityRow, HistoryRow } from '../../tables';
import { servicesQuery, ServicesQueryOptions } from './servicesQuery';

/** A change of a service with its owner. */
export type ChangeRow = HistoryRow & Pick<EntityRow, 'owner'>;

/** Options of {@link listChanges}. */
export type ListChangesOptions = ServicesQueryOptions & {
  /** RFC 3339. */
  since: string;
  limit: number;
};

/** Services whose outcome changed, newest first. */
export async function listChanges(
  options: ListChangesOptions,
): Promise<ChangeRow[]> {
  return servicesQuery(options)
    .join('history', 'history.entity_ref', 'entities.ref')
    .where('history.kind', 'service')
    .where('history.at', '>=', options.since)
    .orderBy('history.id', 'desc')
    .limit(options.limit)
    .select('history.*', 'entities.owner');
}
