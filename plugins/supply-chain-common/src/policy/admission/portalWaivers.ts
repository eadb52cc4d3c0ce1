import { Waiver } from '../../model/waiver';
import { BUILT_IN_RULES } from '../rules/builtInRules';
import { BuiltInRuleId, PolicyFacts, SupplyChainPolicy } from '../types';

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
 * None counts where a scan came with the image as an attestation: of that one the webhook knows more than the portal's
 * word, which must not undo it.
 *
 * @public
 */
export function portalWaiversAtAdmission(options: {
  waivers: readonly Waiver[];
  policies: readonly SupplyChainPolicy[];
  facts: Pick<PolicyFacts, 'provenance'>;
}): Waiver[] {
  const { waivers, policies, facts } = options;
  return isScanAttested(facts)
    ? []
    : waivers.filter(waiver => mayCount(waiver, policies));
}

/**
 * Whether a scan came with the image as an attestation, whoever signed it.
 *
 * @public
 */
export function isScanAttested(
  facts: Pick<PolicyFacts, 'provenance'>,
): boolean {
  const statements = facts.provenance?.detail?.statements ?? [];
  return statements.some(({ content }) => content.type === 'vulnerabilityScan');
}

function mayCount(
  waiver: Waiver,
  policies: readonly SupplyChainPolicy[],
): boolean {
  return policies
    .filter(({ name }) => [undefined, name].includes(waiver.policy))
    .flatMap(({ rules }) => rules.filter(({ id }) => id === waiver.rule))
    .every(({ use }) => portalMayWaive(use));
}
