import {
  countOutcomes,
  Outcome,
  OutcomeCounts,
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
  /** Images whose rules nobody has counted under this version yet. */
  outdated: number;
};

/** Options of {@link policyCounts}. */
export type PolicyCountsOptions = {
  outcomes: PolicyOutcomes;
  /** How many rules the policy has. */
  rules: number;
};

/** What is counted under a policy as it is in force. What another version said counts as nothing but outdated. */
export function policyCounts(options: PolicyCountsOptions): PolicyCounts {
  const { outcomes, rules } = options;
  const images = decided(outcomes.images, rules);
  const services = decided(outcomes.services, rules);
  return {
    images: counted(images, each => each.verdict),
    services: counted(services, each => each.verdict),
    rules: Array.from({ length: rules }, (_, index) => ({
      images: counted(images, each => each.rules[index]),
      services: counted(services, each => each.rules[index]),
    })),
    outdated: outcomes.outdated + total(outcomes.images) - total(images),
  };
}

type Decided = { verdict: Outcome; rules: Outcome[]; count: number };

function decided(groups: PolicyOutcomeGroup[], rules: number): Decided[] {
  return groups.flatMap(({ places, count }) => {
    const worst = worstRuleOutcomes(places, rules);
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
