import {
  matchesIdentity,
  TransparencyLogFact,
} from 'backstage-plugin-supply-chain-common';
import {
  CompiledKey,
  CompiledTrustRoot,
} from 'backstage-plugin-supply-chain-node/trust';
import { ParsedCandidate } from './candidate';
import { checkLeafUsage } from './checkLeafUsage';
import { LeafCertificate } from './LeafCertificate';
import { runLibrary } from './libraryReasons';
import { CertificateIdentity, readIdentity } from './readIdentity';
import { Refused } from './Refused';
import { issuersOf, verifyChain } from './verifyChain';
import { ProvenTime, verifyLogAndTime } from './verifyLogAndTime';

/** Who signed and when, as one trust root proves it. */
export type Proof = {
  signer: CertificateIdentity | { type: 'key'; fingerprint: string };
  signedAt?: Date;
  transparencyLog?: TransparencyLogFact;
};

type RootOf<T extends CompiledTrustRoot['type']> = Extract<
  CompiledTrustRoot,
  { type: T }
>;

/**
 * Verifies a candidate with the keys of a trust root: each of them in turn, whatever the bundle hints at.
 *
 * @throws Refused
 */
export function verifyWithKeys(options: {
  candidate: ParsedCandidate;
  root: RootOf<'keys'>;
  now: Date;
}): Proof {
  const { candidate, root, now } = options;
  if (candidate.material.type !== 'key') {
    throw new Refused('keyNotInScheme', 'it was signed with a certificate');
  }
  const key = root.keys.find(({ publicKey }) =>
    candidate.content.verifySignature(publicKey),
  );
  if (!key) {
    throw new Refused('noMatchingKey', 'no key of the trust root made it');
  }
  const { times, transparencyLog }: ProvenTime = root.authorities
    ? verifyLogAndTime({
        candidate,
        publicKey: key.publicKey,
        signer: { type: 'key', publicKey: key.publicKey },
        authorities: root.authorities,
        requirements: root.requirements,
      })
    : { times: [] };
  checkKeyPeriod(key, times.length > 0 ? times : [now]);
  return {
    signer: { type: 'key', fingerprint: key.fingerprint },
    signedAt: times[0],
    transparencyLog,
  };
}

function checkKeyPeriod(key: CompiledKey, times: Date[]): void {
  const outside = times.find(
    time =>
      (key.notBefore && time < key.notBefore) ||
      (key.notAfter && time >= key.notAfter),
  );
  if (outside) {
    throw new Refused(
      'keyNotValidNow',
      `the key is not valid at ${outside.toISOString()}`,
    );
  }
}

/**
 * Verifies a candidate with the authorities of a trust root. The identity is proven here and compared elsewhere, so
 * that roots which differ in identities only share the work.
 *
 * @throws Refused
 */
export function verifyWithAuthorities(options: {
  candidate: ParsedCandidate;
  leaf: LeafCertificate | undefined;
  root: RootOf<'sigstore'>;
}): Proof & { signer: CertificateIdentity } {
  const { candidate, leaf, root } = options;
  if (!leaf) {
    throw new Refused('keyNotInScheme', 'it was signed with a key');
  }
  const { authorities, requirements } = root;
  const issuers = issuersOf(leaf, authorities);
  if (issuers.length === 0) {
    throw new Refused(
      'untrustedCertificateAuthority',
      'no authority of the trust root issued the certificate',
    );
  }
  const signer = runLibrary(() => {
    checkLeafUsage(leaf);
    return readIdentity(leaf);
  }, 'certificateUnsuitable');
  const { times, transparencyLog } = verifyLogAndTime({
    candidate,
    publicKey: leaf.readPublicKey(),
    signer: { type: 'certificate', der: leaf.der },
    authorities,
    requirements,
  });
  verifyChain({ candidate, leaf, issuers, authorities, requirements, times });
  return { signer, signedAt: times[0], transparencyLog };
}

/**
 * Compares a proven identity with those a trust root accepts (L15).
 *
 * @throws Refused
 */
export function checkIdentity(
  signer: CertificateIdentity,
  root: RootOf<'sigstore'>,
): void {
  if (!root.identities.some(pattern => matchesIdentity(pattern, signer))) {
    throw new Refused('identityMismatch', `"${signer.subject}" is not listed`);
  }
}
