import { canonicalDigest } from '../../json/canonicalDigest';
import { Finding } from '../../model/finding';
import { worstOutcome } from '../../model/outcome';
import { Verdict } from '../../model/verdict';
import { Waiver } from '../../model/waiver';
import { earliestInstant } from '../earliestInstant';
import { ExpressionFacts } from '../expressions/facts/ExpressionFacts';
import { questionsOfRule } from '../rules/questionsOfRule';
import { RuleQuestion } from '../rules/rule';
import { acceptedSignatures } from '../signatures/acceptedSignatures';
import { signatureStatusFor } from '../signatures/signatureStatusFor';
import {
  EvaluationRuntime,
  EvaluationScope,
  FailedRule,
  PolicyFacts,
  PolicyRule,
  SupplyChainPolicy,
  TrustRoot,
} from '../types';
import { concerningWaivers } from '../waivers/concerningWaivers';
import { evaluateRule, PolicyContext } from './evaluateRule';
import { matchPolicy } from './matchPolicy';

/** The digest of no waiver at all (L20). */
export const NO_WAIVERS_DIGEST = canonicalDigest([]);

/**
 * Arguments of {@link evaluatePolicy}.
 *
 * @public
 */
export type PolicyEvaluation = EvaluationRuntime & {
  facts: PolicyFacts;
  policy: SupplyChainPolicy;
  trustRoots: TrustRoot[];
  /** Evaluation time (L20, L26). */
  now: Date;
  /** @defaultValue 'all' */
  scope?: EvaluationScope;
  /** @defaultValue none */
  waivers?: readonly Waiver[];
  /** @defaultValue none */
  failedRules?: readonly FailedRule[];
  /** The digest of `facts`, where the caller has it already. */
  factsDigest?: string;
};

/**
 * What one policy says of one running image: pure, synchronous, the same everywhere (L18 to L21).
 * Production code calls it through the evaluation pool only, which gives it a deadline (L19).
 *
 * @public
 */
export function evaluatePolicy(evaluation: PolicyEvaluation): Verdict {
  const { facts, policy, now, sha256 } = evaluation;
  const { matches, contextMissing } = matchPolicy(policy, facts);
  const waivers = matches
    ? concerningWaivers({ waivers: evaluation.waivers ?? [], policy, facts })
    : [];
  const evaluated = matches ? evaluateRules(evaluation, waivers) : [];
  const findings = evaluated.map(({ finding }) => finding);
  const outcome = worstOutcome(findings.map(each => each.outcome));
  const nextChangeAt = earliestInstant(
    evaluated.map(each => each.nextChangeAt),
  );
  const signature = matches ? signatureOf(evaluation) : undefined;
  return {
    policy: {
      name: policy.name,
      ...(policy.title && { title: policy.title }),
      digest: policy.digest,
    },
    outcome,
    ...reasonOf(outcome, findings),
    findings,
    ...(signature && { signature }),
    factsDigest: evaluation.factsDigest ?? canonicalDigest(facts, sha256),
    waiverDigest:
      waivers.length > 0 ? canonicalDigest(waivers, sha256) : NO_WAIVERS_DIGEST,
    evaluatedAt: now.toISOString(),
    ...(nextChangeAt && { nextChangeAt }),
    ...(contextMissing.length > 0 && { contextMissing }),
  };
}

/** What is asked of who signed an image and of how it was made (L29). */
const VERIFIED_QUESTIONS: readonly RuleQuestion[] = ['signature', 'provenance'];

/** Rules that a scope looks at (L29). */
export function rulesInScope(
  policy: Pick<SupplyChainPolicy, 'rules'>,
  scope: EvaluationScope | undefined,
): PolicyRule[] {
  return scope === 'signatures'
    ? policy.rules.filter(rule => {
        const questions = questionsOfRule(rule);
        return (
          questions.length > 0 &&
          questions.every(each => VERIFIED_QUESTIONS.includes(each))
        );
      })
    : policy.rules;
}

function evaluateRules(
  evaluation: PolicyEvaluation,
  waivers: readonly Waiver[],
) {
  const { facts, policy, trustRoots, now, scope, onRule } = evaluation;
  const { failedRules = [] } = evaluation;
  const context: PolicyContext = {
    facts,
    policy,
    trustRoots,
    now,
    waivers,
    expressionFacts: new ExpressionFacts({ facts, policy, trustRoots, now }),
  };
  return rulesInScope(policy, scope).map(rule => {
    onRule?.(rule);
    const failed = failedRules.find(
      each => each.policy === policy.name && each.rule === rule.id,
    );
    return evaluateRule(rule, context, failed);
  });
}

function reasonOf(
  outcome: Verdict['outcome'],
  findings: Finding[],
): Pick<Verdict, 'reason'> {
  if (outcome === 'notApplicable') {
    return { reason: 'noPolicyMatches' }; // L18
  }
  const reason = findings.find(each => each.outcome === outcome)?.reason;
  return reason ? { reason } : {};
}

/** The status is shown wherever the policy has something to say about signatures, with the rule's own parameters. */
function signatureOf(
  evaluation: PolicyEvaluation,
): Verdict['signature'] | undefined {
  const { facts, policy, trustRoots, now } = evaluation;
  const { repository, digest } = facts.image;
  const rule = policy.rules.find(({ use }) => use === 'image-signed');
  if (repository === undefined || digest === undefined) {
    return undefined;
  }
  if (!rule && !policy.trust) {
    return undefined;
  }
  const { status, reason } = signatureStatusFor({
    policy,
    trustRoots,
    now,
    signatures: facts.signatures,
    imageRef: facts.image.imageRef,
    ...acceptedSignatures(policy),
  });
  return { status, ...(reason && { reason }) };
}
