import {
  Finding,
  ReasonCode,
  reasonsToWaive,
} from 'backstage-plugin-supply-chain-common';
import { refused, WaiverResult } from './refusal';

/** The reasons that a waiver of some findings covers as they are now. */
export function coveredReasons(
  findings: readonly Finding[],
  options: { includeUnknown: boolean },
): WaiverResult<{ reasons: ReasonCode[] }> {
  const { failing, unknown } = reasonsToWaive(findings);
  const reasons = options.includeUnknown
    ? [...new Set([...failing, ...unknown])].sort()
    : failing;
  if (reasons.length > 0) {
    return { done: true, reasons };
  }
  return unknown.length > 0
    ? refused(
        'conflict',
        'waiverForUnknown',
        `Expected 'includeUnknown' for what cannot be told: ${unknown.join(
          ', ',
        )}`,
      )
    : refused(
        'conflict',
        'waiverForNothing',
        'Expected a rule that fails on the image, and it does not',
      );
}

/** The same at approval: another reason than those that were asked for is another thing (L22). */
export function reasonsAtApproval(
  findings: readonly Finding[],
  requested: { includeUnknown: boolean; reasons: ReasonCode[] },
): WaiverResult<{ reasons: ReasonCode[] }> {
  const covered = coveredReasons(findings, requested);
  if (!covered.done) {
    return covered;
  }
  const { reasons } = covered;
  return reasons.every(each => requested.reasons.includes(each))
    ? covered
    : refused(
        'conflict',
        'waiverReasonChanged',
        `Asked for ${requested.reasons.join(
          ', ',
        )}, and it is now ${reasons.join(', ')}`,
      );
}
