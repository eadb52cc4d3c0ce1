import {
  LONGEST_WAIVER_DAYS,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { refused, WaiverResult } from './refusal';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The longest a waiver of the page may last under a policy, in days; `undefined` when no such policy is in force. */
export function longestWaiverDays(
  policySet: Pick<PolicySet, 'policies'> | undefined,
  policy: string,
): number | undefined {
  const found = policySet?.policies.find(({ name }) => name === policy);
  return found && (found.waivers.maxDays ?? LONGEST_WAIVER_DAYS);
}

/** Options of {@link checkPeriod}. */
export type CheckPeriodOptions = {
  policy: string;
  /** `undefined`: no such policy is in force. */
  longestDays: number | undefined;
  /** RFC 3339; `undefined`: what was given is none. */
  expires: string | undefined;
  now: Date;
};

/** Whether a waiver may last from now until its end. */
export function checkPeriod(
  options: CheckPeriodOptions,
): WaiverResult<{ expires: string }> {
  const { policy, longestDays, expires, now } = options;
  if (longestDays === undefined) {
    return refused(
      'conflict',
      'waiverForNothing',
      `Expected a policy in force, got '${policy}'`,
    );
  }
  if (expires === undefined) {
    return refused(
      'invalid',
      'waiverWithoutExpiry',
      'Expected an end such as 2026-12-03T12:00:00Z',
    );
  }
  const lastsMs = Date.parse(expires) - now.getTime();
  if (lastsMs <= 0) {
    return refused(
      'invalid',
      'waiverExpiryPast',
      `Expected an end after ${now.toISOString()}, got ${expires}`,
    );
  }
  return lastsMs > longestDays * DAY_MS
    ? refused(
        'invalid',
        'waiverTooLong',
        `Expected an end within ${longestDays} days, got ${expires}`,
      )
    : { done: true, expires };
}
