import { SupplyChainPolicy, TrustRoot } from './types';

/**
 * The trust roots that some policies name.
 *
 * @public
 */
export function rootsOfPolicies(
  policies: readonly Pick<SupplyChainPolicy, 'trust'>[],
  trustRoots: readonly TrustRoot[],
): TrustRoot[] {
  const names = new Set(policies.flatMap(({ trust }) => trust?.of ?? []));
  return trustRoots.filter(({ name }) => names.has(name));
}
