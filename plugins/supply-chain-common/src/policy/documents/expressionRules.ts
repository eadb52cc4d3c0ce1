import { readExpression } from '../expressions/validation/readExpression';
import { BUILT_IN_RULES, isBuiltInRuleId } from '../rules/builtInRules';
import { ExpressionRule, PolicyRule } from '../types';
import { ValueProblem } from './documentProblem';
import { expressionRuleSchema } from './policySchema';
import { ReadResult, refuse } from './readResult';
import { schemaProblems } from './schemaProblems';

/** Reads a rule written as an expression; the expression itself is read when the other rules are known. */
export function readExpressionRule(
  rule: Record<string, unknown>,
  path: (string | number)[],
): ReadResult<ExpressionRule> {
  const parsed = expressionRuleSchema.safeParse(rule);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error, path) };
  }
  const { id } = parsed.data;
  // A finding names its rule by id: one of a built-in rule would be taken for that one's.
  return isBuiltInRuleId(id)
    ? refuse({
        code: 'documentValueInvalid',
        message: `expected an id that no built-in rule has, got "${id}" (${BUILT_IN_RULES[id].definition.title})`,
        path: [...path, 'id'],
      })
    : { ok: true, value: parsed.data };
}

/** What is wrong with the expressions of a policy. */
export function expressionProblems(rules: PolicyRule[]): ValueProblem[] {
  const overdueThresholds = rules.flatMap(rule =>
    rule.use === 'no-fixable-vulnerability' ? [rule.with] : [],
  );
  return rules.flatMap((rule, index) => {
    if (rule.use !== undefined) {
      return [];
    }
    const source = rule.expression;
    const read = readExpression({ source, overdueThresholds });
    return read.ok
      ? []
      : read.problems.map(problem => ({
          ...problem,
          message: `${problem.message}${placeIn(source, problem.offset)}`,
          path: ['spec', 'rules', index, 'expression'],
        }));
  });
}

/** The line of a document cannot always be told, for instance where a text is written with escapes. */
function placeIn(source: string, offset: number | undefined): string {
  return offset === undefined
    ? ''
    : ` (at character ${offset + 1} of ${source.length})`;
}
