import { BUILT_IN_RULES, isBuiltInRuleId } from '../rules/builtInRules';
import { PolicyRule, SupplyChainPolicy } from '../types';
import { ValueProblem } from './documentProblem';
import { expressionProblems, readExpressionRule } from './expressionRules';
import { policySpecSchema, ruleSchema } from './policySchema';
import { collectResults, ReadResult, refuse } from './readResult';
import { schemaProblems } from './schemaProblems';
import { suggestName } from './suggestName';

/** A policy whose digest is still to come: it covers the trust roots, which may stand in other documents (L20). */
export type PolicyDraft = Omit<SupplyChainPolicy, 'digest'>;

/** Reads a SupplyChainPolicy document. */
export function readPolicy(options: {
  metadata: { name: string; title?: string };
  spec: unknown;
}): ReadResult<PolicyDraft> {
  const { metadata, spec } = options;
  const parsed = policySpecSchema.safeParse(spec);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error, ['spec']) };
  }
  const { rules, trust, ownImages, ...rest } = parsed.data;
  const read = collectResults(
    rules.map((rule, index) => readRule(rule, ['spec', 'rules', index])),
  );
  const problems = read.ok
    ? [...duplicateRules(read.value), ...expressionProblems(read.value)]
    : read.problems;
  if (!read.ok || problems.length > 0) {
    return { ok: false, problems };
  }
  const { name, title } = metadata;
  return {
    ok: true,
    value: {
      name,
      ...(title && { title }),
      ...rest,
      ...(ownImages && { ownImages }),
      ...(trust && { trust }),
      rules: read.value,
    },
  };
}

function readRule(
  rule: Record<string, unknown>,
  path: (string | number)[],
): ReadResult<PolicyRule> {
  if ('expression' in rule) {
    return readExpressionRule(rule, path);
  }
  const parsed = ruleSchema.safeParse(rule);
  if (!parsed.success) {
    return { ok: false, problems: schemaProblems(parsed.error, path) };
  }
  const { use, id, title, severity, effectiveOn } = parsed.data;
  if (!isBuiltInRuleId(use)) {
    const known = Object.keys(BUILT_IN_RULES);
    return refuse({
      code: 'ruleUnknown',
      message: `there is no rule "${use}".${suggestName(use, known)}`,
      path: [...path, 'use'],
    });
  }
  const { definition } = BUILT_IN_RULES[use];
  const parameters = definition.parameters.safeParse(parsed.data.with);
  if (!parameters.success) {
    return {
      ok: false,
      problems: schemaProblems(parameters.error, [...path, 'with']),
    };
  }
  return {
    ok: true,
    // The schema of the parameters belongs to the same rule; the union of all rules cannot say so.
    value: {
      use,
      id: id ?? use,
      ...(title && { title }),
      severity: severity ?? definition.severity,
      ...(effectiveOn && { effectiveOn }),
      with: parameters.data,
    } as PolicyRule,
  };
}

function duplicateRules(rules: PolicyRule[]): ValueProblem[] {
  const ids = rules.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index
      ? [
          {
            code: 'documentNameDuplicate' as const,
            message: `expected a rule id once, got "${id}" again; give one of them another "id"`,
            path: ['spec', 'rules', index],
          },
        ]
      : [],
  );
}
