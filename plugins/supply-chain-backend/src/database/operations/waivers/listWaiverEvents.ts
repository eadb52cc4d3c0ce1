import { Knex } from 'knex';
import { WaiverEvent } from '../../../stores/WaiverStore';
import { WaiverEventRow } from '../../tables';

/** Options of {@link listWaiverEvents}. The caller has been authorised before. */
export type ListWaiverEventsOptions = { knex: Knex; waiverId: string };

/** The trail of a waiver, oldest first. */
export async function listWaiverEvents(
  options: ListWaiverEventsOptions,
): Promise<WaiverEvent[]> {
  const { knex, waiverId } = options;
  const rows: WaiverEventRow[] = await knex<WaiverEventRow>('waiver_events')
    .where({ waiver_id: waiverId })
    .orderBy('id');
  return rows.map(({ at, actor, verb, comment, before, after }) => ({
    at,
    actor,
    verb: verb as WaiverEvent['verb'],
    ...(comment && { comment }),
    before: JSON.parse(before),
    after: JSON.parse(after),
  }));
}
