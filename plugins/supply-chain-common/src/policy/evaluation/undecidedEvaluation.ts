import { EvaluationInput, ImageEvaluation } from '../types';
import { rollUp } from './evaluatePolicies';
import { NO_WAIVERS_DIGEST, rulesInScope } from './evaluatePolicy';
import { matchPolicy } from './matchPolicy';

const MESSAGES = {
  ruleTimeout: 'did not end in time',
  ruleError: 'ended with an error',
};

/**
 * The answer when an evaluation did not end in time or failed: every rule of every matching policy cannot
 * tell (L19). It must not be cached. Its `factsDigest` is empty, because digesting the facts may be what failed.
 *
 * @public
 */
export function undecidedEvaluation(
  input: EvaluationInput,
  reason: keyof typeof MESSAGES,
): ImageEvaluation {
  const { facts, policies, now, scope } = input;
  if (policies.length === 0) {
    return { outcome: 'unknown', reason: 'noPolicy', verdicts: [] };
  }
  return rollUp(
    policies
      .filter(policy => matchPolicy(policy, facts).matches)
      .map(policy => ({
        policy: {
          name: policy.name,
          ...(policy.title && { title: policy.title }),
          digest: policy.digest,
        },
        outcome: 'unknown',
        reason,
        findings: rulesInScope(policy, scope).map(rule => ({
          ruleId: rule.id,
          ...(rule.use && { use: rule.use }),
          policy: policy.name,
          severity: rule.severity,
          outcome: 'unknown',
          reason,
          message: `The rule "${rule.id}" ${MESSAGES[reason]}.`,
          facts: {},
        })),
        factsDigest: '',
        waiverDigest: NO_WAIVERS_DIGEST,
        evaluatedAt: now.toISOString(),
      })),
  );
}
