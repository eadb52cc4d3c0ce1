import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  NamespaceClaims,
  parseNamespaceClaims,
} from 'backstage-plugin-supply-chain-common';

/**
 * Reads `supplyChain.namespaceClaims` and `supplyChain.namespaceClaimsDefault`; undefined when nothing is limited.
 *
 * @throws InputError when they are malformed: a limit that is not understood must not leave its namespaces open (L31).
 */
export function readNamespaceClaims(
  config: Config,
): NamespaceClaims | undefined {
  const parsed = parseNamespaceClaims({
    namespaceClaims: config.getOptional('supplyChain.namespaceClaims'),
    namespaceClaimsDefault: config.getOptional(
      'supplyChain.namespaceClaimsDefault',
    ),
  });
  if (!parsed.ok) {
    throw new InputError(
      `The limits on claims under "supplyChain" cannot be read: ${parsed.message}`,
    );
  }
  const { rules, unnamed } = parsed.claims;
  return rules.length === 0 && unnamed === 'allow' ? undefined : parsed.claims;
}
