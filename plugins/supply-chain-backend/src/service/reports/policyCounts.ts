import {
  countOutcomes,
  Outcome,
  OutcomeCounts,
  SupplyChainPolicy,
} from 'backstage-plugin-supply-chain-common';
import {
  PolicyOutcomeGroup,
  PolicyOutcomes,
} from '../../database/operations/policies/countPolicyOutcomes';
import { worstRuleOutcomes } from '../../derivations/ruleOutcomes';

/** What images and services come to under a policy, or under one of its rules. */
export type CountPair = { images: OutcomeCounts; services: OutcomeCounts };

/** Counts under one policy. */
export type PolicyCounts = CountPair & {
  /** In the order of the policy. */
  rules: CountPair[];
  /** Images judged under another version of it so far. */
  outdated: number;
};

/** What is counted under a policy as it is in force. What another version said counts as nothing but outdated. */
export function policyCounts(
  policy: Pick<SupplyChainPolicy, 'name' | 'digest' | 'rules'>,
  outcomes: PolicyOutcomes,
): PolicyCounts {
  const images = decided(policy, outcomes.images);
  const services = decided(policy, outcomes.services);
  const all = outcomes.images.filter(each => each.policy === policy.name);
  return {
    images: counted(images, each => each.verdict),
    services: counted(services, each => each.verdict),
    rules: policy.rules.map((_, index) => ({
      images: counted(images, each => each.rules[index]),
      services: counted(services, each => each.rules[index]),
    })),
    outdated: total(all) - total(images),
  };
}

type Decided = { verdict: Outcome; rules: Outcome[]; count: number };

function decided(
  { name, digest, rules }: Parameters<typeof policyCounts>[0],
  groups: PolicyOutcomeGroup[],
): Decided[] {
  return groups
    .filter(each => each.policy === name && each.digest === digest)
    .flatMap(({ places, count }) => {
      const worst = worstRuleOutcomes(places, rules.length);
      return worst ? [{ ...worst, count }] : [];
    });
}

function counted(
  groups: Decided[],
  outcomeOf: (group: Decided) => Outcome,
): OutcomeCounts {
  return countOutcomes(
    groups.flatMap(each => Array<Outcome>(each.count).fill(outcomeOf(each))),
  );
}

function total(groups: { count: number }[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}
