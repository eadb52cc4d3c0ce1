import {
  matchesIdentity,
  publicKeyFingerprint,
  schema,
  Signer,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import { decidingChecks, DecidingChecksOptions } from './decidingChecks';
import { trustedSigners } from './trustedSigners';

/**
 * What of the trust root made the signature count: the identity the signer matches, or the key. `undefined` when
 * nothing counted, and for systems whose trust roots name authorities and not signers.
 */
export function acceptedAs(
  options: DecidingChecksOptions,
): schema.TrustedSigner | undefined {
  const { signature } = options.image;
  const [found] = decidingChecks(options).flatMap(
    ({ statement, check, trustRoot }) =>
      statement.kind === 'signature' &&
      statement.scheme === signature?.scheme &&
      check.status === 'verified' &&
      check.signer
        ? matching(trustRoot.spec, check.signer)
        : [],
  );
  return found;
}

function matching(spec: TrustRootSpec, signer: Signer): schema.TrustedSigner[] {
  if (spec.type === 'sigstore' && signer.type === 'identity') {
    const identities = spec.identities.filter(each =>
      matchesIdentity(each, signer),
    );
    return trustedSigners({ ...spec, identities });
  }
  if (spec.type === 'keys' && signer.type === 'key') {
    const keys = spec.keys.filter(
      ({ material }) =>
        publicKeyFingerprint(material.content) === signer.fingerprint,
    );
    return trustedSigners({ ...spec, keys });
  }
  return [];
}
