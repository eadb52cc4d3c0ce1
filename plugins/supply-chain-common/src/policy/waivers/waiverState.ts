import { Waiver } from '../../model/waiver';

/**
 * Where an approved waiver stands.
 *
 * - `approved`: approved for a later instant.
 * - `ending`: active, and ends within 30 days.
 *
 * @public
 */
export type WaiverState = 'approved' | 'active' | 'ending' | 'ended';

const ENDING_MS = 30 * 24 * 60 * 60 * 1000;

type WaiverPeriod = Pick<Waiver, 'approvedAt' | 'expires'>;

/**
 * The state of a waiver at an instant.
 *
 * @public
 */
export function waiverStateOf(waiver: WaiverPeriod, now: Date): WaiverState {
  const remainingMs = Date.parse(waiver.expires) - now.getTime();
  if (remainingMs <= 0) {
    return 'ended'; // L22: ended when now ≥ expires.
  }
  if (waiver.approvedAt !== undefined && now < new Date(waiver.approvedAt)) {
    return 'approved';
  }
  return remainingMs <= ENDING_MS ? 'ending' : 'active';
}

/**
 * Whether a waiver counts at an instant (L22).
 *
 * @public
 */
export function isActiveWaiver(waiver: WaiverPeriod, now: Date): boolean {
  const state = waiverStateOf(waiver, now);
  return state === 'active' || state === 'ending';
}
