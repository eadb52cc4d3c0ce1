import { canonicalDigest } from '../../json/canonicalDigest';
import { worstOutcome } from '../../model/outcome';
import { EvaluationInput, ImageEvaluation } from '../types';
import { evaluatePolicy } from './evaluatePolicy';
import { matchPolicy } from './matchPolicy';

/**
 * What all policies together say of one running image: matching policies are ANDed, each under its own roots (L18).
 *
 * @public
 */
export function evaluatePolicies(input: EvaluationInput): ImageEvaluation {
  const { facts, policies, trustRoots, waivers, now, scope } = input;
  if (policies.length === 0) {
    return { outcome: 'unknown', reason: 'noPolicy', verdicts: [] };
  }
  const matching = policies.filter(each => matchPolicy(each, facts).matches);
  const factsDigest = canonicalDigest(facts);
  return rollUp(
    matching.map(policy =>
      evaluatePolicy({
        facts,
        policy,
        trustRoots,
        waivers,
        now,
        scope,
        factsDigest,
      }),
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
