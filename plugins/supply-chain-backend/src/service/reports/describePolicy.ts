import {
  describeRule,
  PolicyRule,
  policyMatchValues,
  schema,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import { PolicyCounts } from './policyCounts';

/** Options of {@link describePolicy}. */
export type DescribePolicyOptions = {
  policy: SupplyChainPolicy;
  counts: PolicyCounts;
  now: Date;
};

/** A policy as people read it, but for where it is written. */
export function describePolicy(
  options: DescribePolicyOptions,
): Omit<schema.PolicyReport, 'source' | 'loadedAt'> {
  const { policy, counts, now } = options;
  const { title, trust, ownImages } = policy;
  return {
    name: policy.name,
    ...(title && { title }),
    digest: policy.digest,
    match: policyMatchValues(policy.match),
    mode: policy.mode,
    onUnknown: policy.onUnknown,
    ...(trust && { trust: describeTrust(trust) }),
    ...(ownImages && { ownImages }),
    platformImages: policy.platformImages,
    sourceRepositories: policy.sourceRepositories,
    rules: policy.rules.map((rule, index) => ({
      ...describePolicyRule(rule, now),
      ...counts.rules[index],
    })),
    images: counts.images,
    services: counts.services,
    outdated: counts.outdated,
  };
}

function describeTrust(
  trust: NonNullable<SupplyChainPolicy['trust']>,
): schema.PolicyTrust {
  return {
    type: trust.type,
    roots: trust.of,
    ...(trust.type === 'atLeast' && { count: trust.count }),
  };
}

function describePolicyRule(
  rule: PolicyRule,
  now: Date,
): Omit<schema.PolicyRuleReport, 'images' | 'services'> {
  const { id, severity, effectiveOn } = rule;
  const { title, motivation, remediation, controls } = describeRule(rule);
  return {
    id,
    ...(rule.use && { use: rule.use }),
    title,
    ...(motivation && { motivation }),
    ...(remediation && { remediation }),
    severity,
    ...(effectiveOn && { effectiveOn }),
    inForce: effectiveOn === undefined || now >= new Date(effectiveOn),
    ...(rule.use
      ? { parameters: { ...rule.with } }
      : {
          parameters: {},
          expression: rule.expression,
          message: rule.message,
        }),
    controls: [...controls],
  };
}
