import { matchPolicy } from '../policy/evaluation/matchPolicy';
import { rootsOfPolicies } from '../policy/rootsOfPolicies';
import { ScanState, scanStateOf } from '../policy/rules/scanState';
import { scanMaxAgeHours } from '../policy/scanMaxAgeHours';
import { scanMinTrust } from '../policy/scanMinTrust';
import { PolicyFacts, SupplyChainPolicy, TrustRoot } from '../policy/types';

/** The scans of an image under every policy that covers it; see {@link imageScans}. */
export type ImageScans = ScanState & { policies: SupplyChainPolicy[] };

/**
 * The scans of an image as figures and lists show them, so that a list has as many entries as the figures say: what is
 * signed counts if a policy that covers the image trusts the signer.
 *
 * @public
 */
export function imageScans(options: {
  facts: PolicyFacts;
  policies: readonly SupplyChainPolicy[];
  trustRoots: readonly TrustRoot[];
  now: Date;
}): ImageScans {
  const { facts, trustRoots, now } = options;
  const policies = options.policies.filter(
    policy => matchPolicy(policy, facts).matches,
  );
  return {
    policies,
    ...scanStateOf({
      facts,
      now,
      maxAgeHours: scanMaxAgeHours(policies),
      minTrust: scanMinTrust(policies),
      roots: rootsOfPolicies(policies, trustRoots),
    }),
  };
}
