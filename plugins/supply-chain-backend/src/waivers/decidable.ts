import { isSamePerson } from 'backstage-plugin-supply-chain-common';
import { StoredWaiver } from '../stores/WaiverStore';
import { refused, WaiverResult } from './refusal';

type Decidable = WaiverResult<object>;

/** Whether a person may decide about a request: it waits, and somebody else made it, however the name is spelled (L22). */
export function decidableBy(waiver: StoredWaiver, person: string): Decidable {
  if (isSamePerson(waiver.requestedBy, person)) {
    return refused(
      'notAllowed',
      'waiverSelfApproved',
      `Expected somebody else than the requester '${waiver.requestedBy}'`,
    );
  }
  return waiver.state === 'pending' ? { done: true } : decidedBefore(waiver);
}

/** Whether a person may take a request back: it waits, and is their own. */
export function withdrawableBy(
  waiver: StoredWaiver,
  person: string,
): Decidable {
  if (!isSamePerson(waiver.requestedBy, person)) {
    return refused(
      'notAllowed',
      'waiverOfSomebodyElse',
      `Expected the requester, got '${person}'`,
    );
  }
  return waiver.state === 'pending' ? { done: true } : decidedBefore(waiver);
}

/** Whether a waiver can be ended before its time: it is approved, and its time has not come. */
export function endable(waiver: StoredWaiver, now: Date): Decidable {
  const isOver = Date.parse(waiver.expires) <= now.getTime();
  if (waiver.state === 'approved' && !isOver) {
    return { done: true };
  }
  const state = waiver.state === 'approved' ? 'ended' : waiver.state;
  return refused(
    'conflict',
    'waiverNotInForce',
    `Expected a waiver in force, got one that is ${state}`,
  );
}

/** Somebody was first. */
export function decidedBefore({ state }: StoredWaiver) {
  return refused(
    'conflict',
    'waiverDecided',
    `Expected a request that waits for a decision, got one that is ${
      state === 'pending' ? 'decided' : state
    }`,
  );
}
