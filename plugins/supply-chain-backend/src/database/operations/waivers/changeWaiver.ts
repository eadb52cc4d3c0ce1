import { Knex } from 'knex';
import {
  StoredWaiver,
  WaiverChange,
  WaiverEvent,
} from '../../../stores/WaiverStore';
import { WaiverRow } from '../../tables';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { addWaiverEvent } from './addWaiverEvent';
import { listConcernedRuns } from './listConcernedRuns';
import { waiverRowOf } from './waiverRow';

/** Options of {@link changeWaiver}. */
export type ChangeWaiverOptions = {
  knex: Knex;
  /** As it was when the change was decided. */
  waiver: StoredWaiver;
  change: WaiverChange;
  event: WaiverEvent;
};

/**
 * Changes a waiver, adds to its trail and queues what it concerns to be judged again, all or nothing. Of two that
 * decide at the same time the first one counts; for the other it is false.
 */
export async function changeWaiver(
  options: ChangeWaiverOptions,
): Promise<boolean> {
  const { knex, waiver, change, event } = options;
  const { id, state } = waiver;
  return knex.transaction(async transaction => {
    const changed = await transaction<WaiverRow>('waivers')
      .where({ id, state })
      .update(waiverRowOf({ ...waiver, ...change }));
    if (changed === 0) {
      return false;
    }
    await addWaiverEvent({ transaction, waiverId: id, event });
    await requestVerdicts({
      transaction,
      runningImageIds: await listConcernedRuns({
        knex: transaction,
        scope: waiver.scope,
      }),
    });
    return true;
  });
}
