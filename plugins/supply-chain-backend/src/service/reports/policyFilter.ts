import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { PolicyFilter } from '../../database/operations/overview/servicesQuery';
import { PolicyQuestion } from '../SupplyChainService';

/** The filter for a question about a policy, as it is in force now. What is not in force covers nothing. */
export function policyFilterOf(
  question: PolicyQuestion,
  policySet: PolicySet | undefined,
): PolicyFilter {
  const { policy: name, rule: ruleId, outcome } = question;
  const policy = policySet?.policies.find(each => each.name === name);
  const found = policy?.rules.findIndex(each => each.id === ruleId) ?? -1;
  const rule = found < 0 ? undefined : found;
  const isKnown = ruleId === undefined || rule !== undefined;
  return { name, digest: isKnown ? policy?.digest : undefined, rule, outcome };
}
