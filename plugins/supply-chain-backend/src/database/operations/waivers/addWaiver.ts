import { Knex } from 'knex';
import { StoredWaiver, WaiverEvent } from '../../../stores/WaiverStore';
import { WaiverRow } from '../../tables';
import { addWaiverEvent } from './addWaiverEvent';
import { waiverRowOf } from './waiverRow';

/** Options of {@link addWaiver}. */
export type AddWaiverOptions = {
  knex: Knex;
  waiver: StoredWaiver;
  event: WaiverEvent;
};

/** Stores a request with the begin of its trail. False when the same is pending already. */
export async function addWaiver(options: AddWaiverOptions): Promise<boolean> {
  const { knex, waiver, event } = options;
  return knex.transaction(async transaction => {
    const row = waiverRowOf(waiver);
    // One that nobody decided about in time keeps nobody from asking again.
    await transaction<WaiverRow>('waivers')
      .where({ pending_key: row.pending_key })
      .where('expires', '<=', event.at)
      .update({ pending_key: null });
    const added = await transaction<WaiverRow>('waivers')
      .insert(row)
      .onConflict('pending_key')
      .ignore()
      .returning('id');
    if (added.length === 0) {
      return false;
    }
    await addWaiverEvent({ transaction, waiverId: waiver.id, event });
    return true;
  });
}
