import { Waiver } from 'backstage-plugin-supply-chain-common';
import { WaiverWarning } from '../stores/WaiverStore';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days before the end at which somebody should hear of it, the last one first; 0 is the end itself. */
const WARNING_DAYS = [0, 1, 7, 30];

/** How far ahead ends are looked for. */
export const WARN_AHEAD_MS = 30 * DAY_MS;

/** What ended longer ago is no news, for instance when a portal reads old documents for the first time. */
export const WARN_BEHIND_MS = 2 * DAY_MS;

/**
 * The warning that a waiver deserves at an instant. Of several that are due only the last one is given, and none for an
 * instant before the approval: whoever approves a waiver of five days knows that it ends in a week.
 */
export function waiverWarningOf(
  waiver: Waiver,
  now: Date,
): WaiverWarning | undefined {
  const remainingMs = Date.parse(waiver.expires) - now.getTime();
  const days = WARNING_DAYS.find(each => remainingMs <= each * DAY_MS);
  if (days === undefined || remainingMs <= -WARN_BEHIND_MS) {
    return undefined;
  }
  const warnAt = Date.parse(waiver.expires) - days * DAY_MS;
  const { approvedAt } = waiver;
  return approvedAt !== undefined && warnAt <= Date.parse(approvedAt)
    ? undefined
    : { waiver, days };
}
