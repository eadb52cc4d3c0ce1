import { Knex } from 'knex';
import { StoredWaiver } from '../../../stores/WaiverStore';
import { WaiverRow } from '../../tables';
import { visibleWaivers, VisibleWaiversOptions } from './visibleWaivers';
import {
  WaiverFilter,
  WaiverList,
  whereConcerns,
  whereContains,
  whereInList,
} from './waiverFilter';
import { storedWaiverOf } from './waiverRow';

/** Options of {@link listWaivers}. */
export type ListWaiversOptions = VisibleWaiversOptions & {
  filter: WaiverFilter;
  now: Date;
  /** The first so many in the order of the list. */
  limit: number;
};

/** The first waivers of a list, and how many are in it. */
export async function listWaivers(
  options: ListWaiversOptions,
): Promise<{ total: number; waivers: StoredWaiver[] }> {
  const { knex, filter, limit } = options;
  const [{ count }] = await filtered(options).count({ count: '*' });
  const end = endColumn(knex);
  const rows: WaiverRow[] = await filtered(options)
    .orderBy([
      { column: end as never, order: isOver(filter.list) ? 'desc' : 'asc' },
      { column: 'waivers.id' },
    ])
    .limit(limit)
    .select('waivers.*');
  return { total: Number(count), waivers: rows.map(storedWaiverOf) };
}

/** Whether those of a list are over: then the latest stands first, else the one that ends first. */
export function isOver(list: WaiverList | undefined): boolean {
  return list === 'ended' || list === 'denied';
}

/** The same as {@link endOfWaiver}. */
function endColumn(knex: Knex): Knex.Raw {
  return knex.raw(`coalesce(
    waivers.ended_at,
    case when waivers.state in ('denied', 'withdrawn') then waivers.decided_at end,
    waivers.expires)`);
}

/** When it ended, or will. */
export function endOfWaiver(
  waiver: Pick<StoredWaiver, 'state' | 'decidedAt' | 'endedAt' | 'expires'>,
): string {
  const { state, decidedAt, endedAt, expires } = waiver;
  const refusedAt =
    state === 'denied' || state === 'withdrawn' ? decidedAt : undefined;
  return endedAt ?? refusedAt ?? expires;
}

function filtered(options: ListWaiversOptions): Knex.QueryBuilder {
  const { filter, now } = options;
  const query = visibleWaivers(options);
  if (filter.list) {
    whereInList(query, filter.list, now);
  }
  if (filter.search) {
    whereContains(query, filter.search);
  }
  if (filter.concerning) {
    whereConcerns(query, filter.concerning);
  }
  return query;
}

/** How many there are in some lists. */
export async function countWaivers<List extends WaiverList>(
  options: VisibleWaiversOptions & { lists: readonly List[]; now: Date },
): Promise<Record<List, number>> {
  const { lists, now } = options;
  const counts = await Promise.all(
    lists.map(async list => {
      const query = visibleWaivers(options);
      const [{ count }] = await whereInList(query, list, now).count({
        count: '*',
      });
      return [list, Number(count)] as const;
    }),
  );
  return Object.fromEntries(counts) as Record<List, number>;
}
