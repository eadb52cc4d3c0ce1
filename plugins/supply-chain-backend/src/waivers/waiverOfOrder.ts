import { Finding, parseInstant } from 'backstage-plugin-supply-chain-common';
import { FindingPlace, StoredWaiver } from '../stores/WaiverStore';
import { coveredReasons } from './coveredReasons';
import { refused, WaiverResult } from './refusal';
import { RequestedReach, requestedScope } from './requestedScope';
import { checkPeriod } from './waiverPeriod';

/** What somebody asks for. */
export type WaiverOrder = {
  place: FindingPlace;
  reach: RequestedReach;
  includeUnknown: boolean;
  reason: string;
  ticket?: string;
  /** RFC 3339. */
  expires: string;
  /** Entity ref of who asks. */
  person: string;
};

/** Options of {@link waiverOfOrder}. */
export type WaiverOfOrderOptions = {
  order: WaiverOrder;
  /** What the rule says now. */
  findings: readonly Finding[];
  /** `undefined`: no such policy is in force. */
  longestDays: number | undefined;
  now: Date;
  id: string;
};

/** The pending waiver of an order, or what the law has against it (L22). */
export function waiverOfOrder(
  options: WaiverOfOrderOptions,
): WaiverResult<{ waiver: StoredWaiver }> {
  const { order, findings, now, id } = options;
  const { place, includeUnknown, person } = order;
  const period = checkPeriod({
    ...options,
    policy: place.policy,
    expires: parseInstant(order.expires),
  });
  const reach = requestedScope({ ...order, findings });
  const covered = coveredReasons(findings, { includeUnknown });
  if (!period.done) {
    return period;
  }
  if (!reach.done) {
    return reach;
  }
  if (!covered.done) {
    return covered;
  }
  const reason = order.reason.trim();
  if (reason === '') {
    return refused('invalid', 'documentValueInvalid', 'Expected a reason');
  }
  const ticket = order.ticket?.trim();
  const waiver: StoredWaiver = {
    id,
    state: 'pending',
    about: place,
    scope: reach.scope,
    reasons: covered.reasons,
    includeUnknown,
    reason,
    ...(ticket && { ticket }),
    requestedBy: person,
    requestedAt: now.toISOString(),
    expires: period.expires,
  };
  return { done: true, waiver };
}
