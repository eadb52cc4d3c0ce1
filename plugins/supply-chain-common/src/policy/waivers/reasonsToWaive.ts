import { Finding } from '../../model/finding';
import { ReasonCode } from '../../model/reasonCodes';

/**
 * What the findings of one rule have that a waiver could cover.
 *
 * @public
 */
export type WaivableFindings = {
  /** Reason codes of what fails or is going to, sorted. */
  failing: ReasonCode[];
  /** Reason codes of what cannot be told, sorted: covered with `includeUnknown` only. */
  unknown: ReasonCode[];
};

/**
 * The reasons a waiver of some findings would cover (L22): of one rule on one image in all the places where it runs.
 * What a waiver covers now counts as what it would be without, so that it can be renewed before it ends.
 *
 * @public
 */
export function reasonsToWaive(findings: readonly Finding[]): WaivableFindings {
  const failing = new Set<ReasonCode>();
  const unknown = new Set<ReasonCode>();
  for (const { reason, effectiveOn, waiver, ...finding } of findings) {
    const outcome = waiver?.outcome ?? finding.outcome;
    // A warning without a date on which it fails needs no permission.
    const isFailToCome =
      outcome === 'warn' && (effectiveOn !== undefined || waiver !== undefined);
    if (reason === undefined) {
      continue;
    }
    if (outcome === 'unknown') {
      unknown.add(reason);
    } else if (outcome === 'fail' || isFailToCome) {
      failing.add(reason);
    }
  }
  return { failing: [...failing].sort(), unknown: [...unknown].sort() };
}
