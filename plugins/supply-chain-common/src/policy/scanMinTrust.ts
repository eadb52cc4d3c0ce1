import { MinimumTrust, strictestTrust } from '../model/evidenceTrust';
import { SupplyChainPolicy } from './types';

/**
 * From which trust on scans that were handed in count for figures and for expressions: what the strictest `scan-fresh`
 * of the policies says, else none but signed ones (L9).
 */
export function scanMinTrust(
  policies: Pick<SupplyChainPolicy, 'rules'>[],
): MinimumTrust | undefined {
  return strictestTrust(
    policies
      .flatMap(({ rules }) => rules)
      .flatMap(rule => (rule.use === 'scan-fresh' ? [rule.with.minTrust] : [])),
  );
}
