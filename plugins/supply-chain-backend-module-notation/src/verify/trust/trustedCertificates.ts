import { NotationTrustPolicy } from 'backstage-plugin-supply-chain-common';
import { Certificate } from '../x509/Certificate';
import { CompiledNotationRoot } from './compileNotationRoot';

/** The certificates of the trust stores of one type that a trust policy names. */
export function trustedCertificates(options: {
  root: CompiledNotationRoot;
  policy: NotationTrustPolicy;
  type: 'ca' | 'signingAuthority' | 'tsa';
}): Certificate[] {
  const { root, policy, type } = options;
  return policy.trustStores
    .filter(name => name.startsWith(`${type}:`))
    .flatMap(name => root.trustStores.get(name) ?? []);
}
