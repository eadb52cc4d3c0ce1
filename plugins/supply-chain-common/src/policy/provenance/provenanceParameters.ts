import { SupplyChainPolicy } from '../types';
import type { ProvenanceParameters } from './buildLevelOf';

/**
 * What a policy says of builders and triggers: the parameters of its `provenance-verified`, or nothing in particular.
 *
 * @public
 */
export function provenanceParameters(
  policy: Pick<SupplyChainPolicy, 'rules'>,
): ProvenanceParameters {
  const [parameters] = policy.rules.flatMap(rule =>
    rule.use === 'provenance-verified' ? [rule.with] : [],
  );
  return parameters ?? { allowSelfHosted: false };
}
