import { rootsRead } from '../expressions/evaluateExpression';
import { FactRoot } from '../expressions/facts/factSchema';
import { PolicyRule } from '../types';
import { BUILT_IN_RULES } from './builtInRules';
import { RuleQuestion } from './rule';

/** What an expression is about, by the evidence it reads; what is true of every image tells nothing. */
const QUESTION_OF: Partial<Record<FactRoot, RuleQuestion>> = {
  signature: 'signature',
  provenance: 'provenance',
  origin: 'registry',
  scan: 'vulnerabilities',
  vulnerabilities: 'vulnerabilities',
};

/** The questions whose evidence a rule needs: one for a built-in rule, any number for an expression. */
export function questionsOfRule(rule: PolicyRule): RuleQuestion[] {
  return rule.use === undefined
    ? [
        ...new Set(
          rootsRead(rule.expression).flatMap(root => QUESTION_OF[root] ?? []),
        ),
      ]
    : [BUILT_IN_RULES[rule.use].definition.question];
}
