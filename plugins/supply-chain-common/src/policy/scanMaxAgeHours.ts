import { DEFAULT_SCAN_MAX_AGE_HOURS } from './rules/scan-fresh/definition';
import { SupplyChainPolicy } from './types';

/**
 * The age at which a scan is stale: what the strictest `scan-fresh` of the policies says, else its default.
 * Rules and summaries use the same number.
 *
 * @public
 */
export function scanMaxAgeHours(
  policies: Pick<SupplyChainPolicy, 'rules'>[],
): number {
  const ages = policies
    .flatMap(({ rules }) => rules)
    .flatMap(rule =>
      rule.use === 'scan-fresh' ? [rule.with.maxAgeHours] : [],
    );
  return ages.length > 0 ? Math.min(...ages) : DEFAULT_SCAN_MAX_AGE_HOURS;
}
