import { Knex } from 'knex';
import { WaiverEvent } from '../../../stores/WaiverStore';
import { WaiverEventRow } from '../../tables';

/** Options of {@link addWaiverEvent}. */
export type AddWaiverEventOptions = {
  transaction: Knex.Transaction;
  waiverId: string;
  event: WaiverEvent;
};

/** Adds to the trail, in the transaction that does what it tells. The only verb that writes it. */
export async function addWaiverEvent(
  options: AddWaiverEventOptions,
): Promise<void> {
  const { transaction, waiverId, event } = options;
  const { at, actor, verb, comment, before, after } = event;
  await transaction<WaiverEventRow>('waiver_events').insert({
    waiver_id: waiverId,
    at,
    actor,
    verb,
    comment: comment ?? null,
    before: JSON.stringify(before),
    after: JSON.stringify(after),
  });
}
