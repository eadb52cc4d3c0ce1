import { Finding } from '../../model/finding';
import { Waiver } from '../../model/waiver';
import { earliestInstant } from '../earliestInstant';
import { evaluateExpression } from '../expressions/evaluateExpression';
import { ExpressionFacts } from '../expressions/facts/ExpressionFacts';
import { BUILT_IN_RULES } from '../rules/builtInRules';
import { BuiltInRule, RuleContext, RuleResult } from '../rules/rule';
import {
  BuiltInRuleId,
  FailedRule,
  PolicyRule,
  SupplyChainPolicy,
} from '../types';
import { waiveFinding } from '../waivers/waiveFinding';

/** A finding with the instant at which the clock alone changes it. */
export type TimedFinding = { finding: Finding; nextChangeAt?: string };

/** What is the same for all rules of a policy on one image. */
export type PolicyContext = Omit<
  RuleContext,
  'parameters' | 'vulnerabilityWaivers'
> & {
  /** Those that concern the image under this policy. */
  waivers: readonly Waiver[];
  /** What expressions read. */
  expressionFacts: ExpressionFacts;
};

/**
 * Evaluates one rule of a policy.
 *
 * @param failed - set when an earlier try failed, and this one is not to be made
 */
export function evaluateRule(
  rule: PolicyRule,
  context: PolicyContext,
  failed?: FailedRule,
): TimedFinding {
  const said = runWithWaivers(rule, context, failed);
  return {
    finding: findingOf(rule, context.policy, said),
    nextChangeAt: said.nextChangeAt,
  };
}

// What is absent is written as `undefined`, which JSON leaves out: to spread each one costs as much as a simple rule.
function findingOf(
  rule: PolicyRule,
  policy: SupplyChainPolicy,
  said: RuleResult,
): Finding {
  return {
    ruleId: rule.id,
    use: rule.use,
    policy: policy.name,
    severity: rule.severity,
    outcome: said.outcome,
    reason: said.reason,
    message: said.message,
    facts: said.facts,
    remediation: said.remediation,
    effectiveOn: said.effectiveOn,
    ...(said.waiver && { waiver: said.waiver }),
  };
}

/** L22: a waiver of one vulnerability takes it out of what the rule finds; the others apply to what the rule says. */
function runWithWaivers(
  rule: PolicyRule,
  context: PolicyContext,
  failed: FailedRule | undefined,
): RuleResult {
  const { waivers, now } = context;
  const own = waivers.filter(each => each.rule === rule.id);
  const said = failed
    ? failedResult(failed)
    : runRule(rule, context, own.filter(isOfOneVulnerability));
  return waiveFinding({
    result: beforeEffective(said, rule, now),
    waivers: own.filter(each => !isOfOneVulnerability(each)),
    now,
  });
}

const FAILURES: Record<FailedRule['reason'], string> = {
  ruleTimeout: 'did not end in time',
  ruleError: 'could not be evaluated',
};

function failedResult({ rule, reason }: FailedRule): RuleResult {
  return {
    outcome: 'unknown',
    reason,
    message: `The rule "${rule}" ${FAILURES[reason]}.`,
    facts: {},
  };
}

function isOfOneVulnerability({ scope }: Waiver): boolean {
  return scope.vulnerability !== undefined;
}

function runRule(
  rule: PolicyRule,
  { facts, policy, trustRoots, now, expressionFacts }: PolicyContext,
  vulnerabilityWaivers: readonly Waiver[],
): RuleResult {
  try {
    if (rule.use === undefined) {
      return evaluateExpression(rule, expressionFacts);
    }
    // The types of `use` and `with` belong together; the union of all rules cannot say so.
    const builtIn = BUILT_IN_RULES[rule.use] as unknown as
      | BuiltInRule<BuiltInRuleId>
      | undefined;
    return builtIn!.evaluate({
      facts,
      policy,
      trustRoots,
      now,
      vulnerabilityWaivers,
      parameters: rule.with,
    });
  } catch (error) {
    // An error of a rule says nothing about the image (L19).
    return {
      outcome: 'unknown',
      reason: 'ruleError',
      message: `The rule "${rule.id}" could not be evaluated: ${
        (error as Error).message
      }`,
      facts: {},
    };
  }
}

/** L21: before `effectiveOn`, what would fail is a warning. */
function beforeEffective(
  result: RuleResult,
  rule: PolicyRule,
  now: Date,
): RuleResult {
  const { effectiveOn } = rule;
  if (effectiveOn === undefined || now >= new Date(effectiveOn)) {
    return result;
  }
  const nextChangeAt = earliestInstant([result.nextChangeAt, effectiveOn]);
  if (result.outcome === 'fail') {
    return { ...result, outcome: 'warn', effectiveOn, nextChangeAt };
  }
  // A warning that would have become a fail earlier does so only when the rule is in force.
  return result.effectiveOn !== undefined && result.effectiveOn < effectiveOn
    ? { ...result, effectiveOn, nextChangeAt }
    : { ...result, nextChangeAt };
}
