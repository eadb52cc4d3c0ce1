import {
  BUILT_IN_RULES,
  controlFrameworks,
  PolicySet,
  schema,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { countNotCovered } from '../../database/operations/policies/countNotCovered';
import { countPolicyOutcomes } from '../../database/operations/policies/countPolicyOutcomes';
import {
  listPolicySources,
  PolicySourceState,
} from '../../database/operations/policies/listPolicySources';
import { VisibleEntities } from '../../permissions/VisibleEntities';
import { describePolicy } from './describePolicy';
import { PolicyCounts, policyCounts } from './policyCounts';
import { DocumentOrigin, readDocumentOrigins } from './readDocumentOrigins';

/** Options of {@link readPolicies}. */
export type ReadPoliciesOptions = {
  knex: Knex;
  visible: VisibleEntities;
  policySet: PolicySet | undefined;
  now: Date;
  sandbox: boolean;
};

/** The policies in force. The caller has been authorised before; images and services count as far as it may see them. */
export async function readPolicies(
  options: ReadPoliciesOptions,
): Promise<schema.PolicyList> {
  const { knex, visible, policySet, now, sandbox } = options;
  const policies = policySet?.policies ?? [];
  const [counts, notCovered, sources, origins] = await Promise.all([
    Promise.all(policies.map(policy => countsOf({ knex, visible, policy }))),
    countNotCovered({ knex, visible }),
    listPolicySources({ knex }),
    readDocumentOrigins({ knex, kind: 'SupplyChainPolicy' }),
  ]);
  return {
    asOf: now.toISOString(),
    items: policies.map((policy, index) => ({
      ...describePolicy({ policy, counts: counts[index], now }),
      ...origins.get(policy.name),
    })),
    sources: sources.map(each => describeSource(each, origins)),
    rules: describeRules(),
    frameworks: controlFrameworks(policies),
    notCovered,
    sandbox,
  };
}

async function countsOf(options: {
  knex: Knex;
  visible: VisibleEntities;
  policy: SupplyChainPolicy;
}): Promise<PolicyCounts> {
  const outcomes = await countPolicyOutcomes(options);
  return policyCounts({ outcomes, rules: options.policy.rules.length });
}

function describeSource(
  { source, loadedAt, problems }: PolicySourceState,
  origins: Map<string, DocumentOrigin>,
): schema.PolicyDocumentSource {
  return {
    source,
    ...(loadedAt && { loadedAt }),
    policies: [...origins]
      .filter(([, origin]) => origin.source === source)
      .map(([name]) => name),
    problems: problems.map(({ code, message, line, path }) => ({
      code,
      message,
      ...(line !== undefined && { line }),
      ...(path !== undefined && { path }),
    })),
  };
}

function describeRules(): schema.RuleDescription[] {
  return Object.values(BUILT_IN_RULES).map(({ definition }) => ({
    id: definition.id,
    question: definition.question,
    title: definition.title,
    motivation: definition.motivation,
    remediation: definition.remediation,
    severity: definition.severity,
    controls: [...definition.controls],
  }));
}
