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
  PolicyFacts,
  PolicyRule,
  SupplyChainPolicy,
  TrustRoot,
} from '../types';
import { waiveFinding } from '../waivers/waiveFinding';

/** A finding with the instant at which the clock alone changes it. */
export type TimedFinding = { finding: Finding; nextChangeAt?: string };

/** Evaluates one rule of a policy. */
export function evaluateRule(options: {
  rule: PolicyRule;
  facts: PolicyFacts;
  policy: SupplyChainPolicy;
  trustRoots: TrustRoot[];
  now: Date;
  /** Those that concern the image under this policy. */
  waivers: readonly Waiver[];
  /** What expressions read, the same object for all rules of the policy. */
  expressionFacts: ExpressionFacts;
  /** Set when an earlier try failed, and this one is not to be made. */
  failed?: FailedRule;
}): TimedFinding {
  const { rule, policy } = options;
  const result = runWithWaivers(options);
  const { nextChangeAt, ...said } = result;
  const { reason, remediation, effectiveOn, waiver } = said;
  return {
    finding: {
      ruleId: rule.id,
      ...(rule.use && { use: rule.use }),
      policy: policy.name,
      severity: rule.severity,
      outcome: said.outcome,
      ...(reason && { reason }),
      message: said.message,
      facts: said.facts,
      ...(remediation && { remediation }),
      ...(effectiveOn && { effectiveOn }),
      ...(waiver && { waiver }),
    },
    nextChangeAt,
  };
}

/** L22: a waiver of one vulnerability takes it out of what the rule finds; the others apply to what the rule says. */
function runWithWaivers(
  options: Parameters<typeof evaluateRule>[0],
): RuleResult {
  const { rule, now, waivers, failed, ...context } = options;
  const own = waivers.filter(each => each.rule === rule.id);
  const said = failed
    ? failedResult(failed)
    : runRule({
        ...context,
        rule,
        now,
        vulnerabilityWaivers: own.filter(isOfOneVulnerability),
      });
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
  options: {
    rule: PolicyRule;
    expressionFacts: ExpressionFacts;
  } & Omit<RuleContext, 'parameters'>,
): RuleResult {
  const { rule, expressionFacts, ...context } = options;
  try {
    if (rule.use === undefined) {
      return evaluateExpression(rule, expressionFacts);
    }
    // The types of `use` and `with` belong together; the union of all rules cannot say so.
    const builtIn = BUILT_IN_RULES[rule.use] as unknown as
      | BuiltInRule<BuiltInRuleId>
      | undefined;
    return builtIn!.evaluate({ ...context, parameters: rule.with });
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
