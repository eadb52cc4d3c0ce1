import { createHash } from 'node:crypto';
import { TrustRoot } from 'backstage-plugin-supply-chain-common';

/** A trust policy as its document has it, with what most tests do not care about filled in. */
export type TrustPolicyOptions = {
  name?: string;
  registryScopes?: string[];
  signatureVerification?: object;
  trustStores?: string[];
  trustedIdentities?: string[];
};

/** A trust policy for everything, that accepts every certificate of `ca:acme`. */
export function trustPolicy(options: TrustPolicyOptions = {}): object {
  return {
    name: 'acme',
    registryScopes: ['*'],
    signatureVerification: {
      level: 'strict',
      override: { revocation: 'skip' },
    },
    trustStores: ['ca:acme'],
    trustedIdentities: ['*'],
    ...options,
  };
}

/** A trust root of the Notary Project. */
export function notationRoot(options: {
  name?: string;
  policies?: object[];
  /** PEM by name of the trust store. */
  stores: Record<string, string[]>;
}): TrustRoot {
  const { name = 'acme', policies = [trustPolicy()], stores } = options;
  const content = JSON.stringify({ version: '1.0', trustPolicies: policies });
  const spec: TrustRoot['spec'] = {
    type: 'notation',
    trustPolicy: { content, source: 'trustpolicy.json' },
    trustStores: Object.fromEntries(
      Object.entries(stores).map(([store, certificates]) => [
        store,
        certificates.map(pem => ({ content: pem, source: `${store}.crt` })),
      ]),
    ),
  };
  const digest = createHash('sha256')
    .update(JSON.stringify(spec))
    .digest('hex');
  return { name, spec, digest: `sha256:${digest}`, warnings: [] };
}
