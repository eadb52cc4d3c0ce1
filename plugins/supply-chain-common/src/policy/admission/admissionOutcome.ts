import { Finding } from '../../model/finding';
import { Outcome } from '../../model/outcome';
import { SupplyChainPolicy } from '../types';

/**
 * What admission does with a workload. `allow` may still leave an annotation behind (L23).
 *
 * @public
 */
export type AdmissionDecision = 'allow' | 'allowWithWarning' | 'deny';

/**
 * What speaks against a workload at admission.
 *
 * - `fail`: a rule fails.
 * - `unpinnedReference`: the reference names no digest, so what was judged need not be what is pulled (L23).
 * - `unknown`: a rule cannot be told.
 * - `warn`: a rule warns, for instance because it is not in force yet (L21).
 *
 * @public
 */
export type AdmissionCause = 'fail' | 'unpinnedReference' | 'unknown' | 'warn';

/**
 * What one policy makes of one image at admission.
 *
 * @public
 */
export type AdmissionOutcome = {
  /** What happens under the policy's own mode. */
  decision: AdmissionDecision;
  /** What would happen were the policy enforced. */
  enforced: AdmissionDecision;
  /** What speaks against it, worst first; empty when nothing does. */
  causes: AdmissionCause[];
};

/**
 * What admission is decided on.
 *
 * @public
 */
export type AdmissionQuestion = Pick<
  SupplyChainPolicy,
  'mode' | 'onUnknown'
> & {
  /** Outcome of the policy's verdict. */
  outcome: Outcome;
  /** Findings of the verdict; none when the policy does not match. */
  findings: readonly Pick<Finding, 'outcome'>[];
  /** Whether the reference names the digest that was judged, or is rewritten to it before it is stored. */
  pinned: boolean;
};

const DECISIONS_STRICTEST_FIRST: readonly AdmissionDecision[] = [
  'deny',
  'allowWithWarning',
  'allow',
];

const CAUSES_WORST_FIRST: readonly AdmissionCause[] = [
  'fail',
  'unpinnedReference',
  'unknown',
  'warn',
];

const ON_UNKNOWN: Record<SupplyChainPolicy['onUnknown'], AdmissionDecision> = {
  deny: 'deny',
  warn: 'allowWithWarning',
  allow: 'allow',
};

/**
 * What admission does under one policy, and would do were it enforced (L23). The webhook and the pages ask this function,
 * so that what a page announces is what happens.
 *
 * @public
 */
export function admissionOutcome(
  question: AdmissionQuestion,
): AdmissionOutcome {
  const causes = causesOf(question);
  const enforced = strictestDecision(
    causes.map(cause => underEnforce(cause, question.onUnknown)),
  );
  return { decision: underMode(enforced, question.mode), enforced, causes };
}

/**
 * The decision of several policies together: they are ANDed, so the strictest counts (L18); `allow` when there is none.
 *
 * @public
 */
export function strictestDecision(
  decisions: Iterable<AdmissionDecision>,
): AdmissionDecision {
  let strictest = DECISIONS_STRICTEST_FIRST.length - 1;
  for (const decision of decisions) {
    strictest = Math.min(
      strictest,
      DECISIONS_STRICTEST_FIRST.indexOf(decision),
    );
  }
  return DECISIONS_STRICTEST_FIRST[strictest];
}

function causesOf(question: AdmissionQuestion): AdmissionCause[] {
  const { outcome, findings, pinned } = question;
  // Without findings the policy does not match, or its evaluation ended early and the outcome alone says so.
  if (outcome === 'notApplicable' && findings.length === 0) {
    return [];
  }
  // The findings as well: a warning stands even where `unknown`, which outranks it, is allowed.
  const outcomes = [outcome, ...findings.map(each => each.outcome)];
  return CAUSES_WORST_FIRST.filter(cause =>
    cause === 'unpinnedReference' ? !pinned : outcomes.includes(cause),
  );
}

function underEnforce(
  cause: AdmissionCause,
  onUnknown: SupplyChainPolicy['onUnknown'],
): AdmissionDecision {
  switch (cause) {
    case 'unknown':
      return ON_UNKNOWN[onUnknown];
    case 'warn':
      return 'allowWithWarning';
    case 'fail':
    case 'unpinnedReference':
    default:
      return 'deny'; // Closed for whatever is added later.
  }
}

/** Audit never refuses and never warns, warn never refuses. */
function underMode(
  enforced: AdmissionDecision,
  mode: SupplyChainPolicy['mode'],
): AdmissionDecision {
  switch (mode) {
    case 'audit':
      return 'allow';
    case 'warn':
      return enforced === 'allow' ? 'allow' : 'allowWithWarning';
    case 'enforce':
    default:
      return enforced;
  }
}
