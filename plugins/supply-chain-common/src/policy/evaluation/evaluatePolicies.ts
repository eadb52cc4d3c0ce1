import { canonicalDigest } from '../../json/canonicalDigest';
import { worstOutcome } from '../../model/outcome';
import { EvaluationInput, EvaluationRuntime, ImageEvaluation } from '../types';
import { evaluatePolicy } from './evaluatePolicy';
import { matchPolicy } from './matchPolicy';

/**
 * What all policies together say of one running image: matching policies are ANDed, each under its own roots (L18).
 *
 * @public
 */
export function evaluatePolicies(
  input: EvaluationInput,
  runtime: EvaluationRuntime = {},
): ImageEvaluation {
  const { facts, policies, ...rest } = input;
  if (policies.length === 0) {
    return { outcome: 'unknown', reason: 'noPolicy', verdicts: [] };
  }
  const matching = policies.filter(each => matchPolicy(each, facts).matches);
  const factsDigest = canonicalDigest(facts, runtime.sha256);
  return rollUp(
    matching.map(policy =>
      evaluatePolicy({ ...rest, ...runtime, facts, policy, factsDigest }),
    ),
  );
}

/**
 * The outcome of several verdicts on one running image: the worst, with its reason (L18).
 *
 * @public
 */
export function rollUp(verdicts: ImageEvaluation['verdicts']): ImageEvaluation {
  const outcome = worstOutcome(verdicts.map(each => each.outcome));
  const reason =
    verdicts.find(each => each.outcome === outcome)?.reason ??
    (outcome === 'notApplicable' ? 'noPolicyMatches' : undefined);
  return { outcome, ...(reason && { reason }), verdicts };
}
