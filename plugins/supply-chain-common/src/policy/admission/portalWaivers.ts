import { Waiver } from '../../model/waiver';
import { BUILT_IN_RULES } from '../rules/builtInRules';
import { BuiltInRuleId, SupplyChainPolicy } from '../types';

/**
 * Whether a waiver that was approved on the page counts at admission. The portal's word alone never admits (L34); but
 * what a webhook knows of scans is the portal's word anyway, so that a waiver of a rule about them, and of nothing else,
 * lets in nothing that a page of the feed could not let in by itself.
 *
 * @param use - The built-in rule; absent: an expression, which may read anything.
 * @public
 */
export function portalMayWaive(use: string | undefined): boolean {
  return (
    use !== undefined &&
    Object.hasOwn(BUILT_IN_RULES, use) &&
    BUILT_IN_RULES[use as BuiltInRuleId].definition.question ===
      'vulnerabilities'
  );
}

/**
 * Those of the page's waivers that count at admission: every rule of that id which they would waive must be one of these.
 *
 * @public
 */
export function portalWaiversAtAdmission(
  waivers: readonly Waiver[],
  policies: readonly SupplyChainPolicy[],
): Waiver[] {
  return waivers.filter(waiver =>
    policies
      .filter(({ name }) => [undefined, name].includes(waiver.policy))
      .flatMap(({ rules }) => rules.filter(({ id }) => id === waiver.rule))
      .every(({ use }) => portalMayWaive(use)),
  );
}
