import { compareTrust, EvidenceTrust } from '../model/evidenceTrust';
import { SupplyChainPolicy } from './types';

/** VEX is what may turn a fail into a pass: unless a policy says otherwise, only what a trust root accounts for does. */
export const DEFAULT_VEX_MIN_TRUST: EvidenceTrust = 'signed';

/**
 * From which trust on VEX counts for figures and for expressions: what the strictest rule about vulnerabilities of the
 * policies says.
 */
export function vexMinTrust(
  policies: readonly Pick<SupplyChainPolicy, 'rules'>[],
): EvidenceTrust {
  return (
    policies
      .flatMap(({ rules }) => rules)
      .flatMap(rule =>
        rule.use === 'no-fixable-vulnerability' ||
        rule.use === 'no-known-exploited'
          ? [rule.with.vexMinTrust ?? DEFAULT_VEX_MIN_TRUST]
          : [],
      )
      .sort(compareTrust)
      .at(-1) ?? DEFAULT_VEX_MIN_TRUST
  );
}
