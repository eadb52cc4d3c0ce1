import { classifyPublicKey } from 'backstage-plugin-supply-chain-node/trust';
import { Refused } from '../Refused';
import { Certificate } from './Certificate';
import { KeyUsage } from './keyUsage';

const ANY_PURPOSE = '2.5.29.37.0';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** Purposes that a certificate which signs must not have; `ocspSigning` is refused by the reference client. */
const FORBIDDEN_PURPOSES = new Set([
  ANY_PURPOSE,
  '1.3.6.1.5.5.7.3.1', // serverAuth
  '1.3.6.1.5.5.7.3.2', // clientAuth
  '1.3.6.1.5.5.7.3.4', // emailProtection
  TIME_STAMPING,
  '1.3.6.1.5.5.7.3.9', // ocspSigning
]);

const FORBIDDEN_USAGES: readonly KeyUsage[] = [
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/**
 * Checks the certificate that signs an image. Extensions it does not name are not looked at, critical or not: so the
 * specification has it.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#leaf-certificates
 *
 * @throws Refused
 */
export function checkSigningLeaf(leaf: Certificate): void {
  checkLeaf(leaf);
  if (!leaf.keyUsage?.critical) {
    throw unsuitable('its key usage is not critical');
  }
  const purposes = leaf.extendedKeyUsage?.purposes ?? [];
  if (purposes.some(purpose => FORBIDDEN_PURPOSES.has(purpose))) {
    throw unsuitable('it is for other purposes');
  }
}

/**
 * Checks the certificate that signs a timestamp: it does nothing else (RFC 3161, section 2.3).
 *
 * @throws Refused
 */
export function checkTimestampLeaf(leaf: Certificate): void {
  checkLeaf(leaf);
  const { critical, purposes } = leaf.extendedKeyUsage ?? {};
  if (!critical || purposes?.join() !== TIME_STAMPING) {
    throw unsuitable('it is not for timestamps alone');
  }
}

function checkLeaf(leaf: Certificate): void {
  if (leaf.basicConstraints?.isAuthority) {
    throw unsuitable('it is a certificate authority');
  }
  const usages = leaf.keyUsage?.usages;
  if (
    !usages?.has('digitalSignature') ||
    FORBIDDEN_USAGES.some(usage => usages.has(usage))
  ) {
    throw unsuitable('its key is not for signatures alone');
  }
}

/**
 * Checks a certificate that issued another one.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#root-and-intermediate-ca-certificates
 *
 * @param below - how many other authorities stand between it and the leaf
 * @throws Refused
 */
export function checkAuthority(authority: Certificate, below: number): void {
  const { basicConstraints, keyUsage } = authority;
  if (!basicConstraints?.critical || !basicConstraints.isAuthority) {
    throw invalid('an issuer is no certificate authority');
  }
  if ((basicConstraints.pathLength ?? below) < below) {
    throw invalid('an issuer may not stand so far above');
  }
  if (!keyUsage?.critical || !keyUsage.usages.has('keyCertSign')) {
    throw invalid('an issuer may not sign certificates');
  }
  const key = classifyPublicKey(authority.publicKey);
  if (!key.ok) {
    throw new Refused(key.reason, `an issuer: ${key.message}`);
  }
}

/** Whether certificates below an authority may be for timestamps: without purposes, or with this one among them. */
export function allowsTimestamps({ extendedKeyUsage }: Certificate): boolean {
  const purposes = extendedKeyUsage?.purposes;
  return (
    purposes === undefined ||
    purposes.includes(TIME_STAMPING) ||
    purposes.includes(ANY_PURPOSE)
  );
}

function unsuitable(message: string): Refused {
  return new Refused('certificateUnsuitable', message);
}

function invalid(message: string): Refused {
  return new Refused('certificateInvalid', message);
}
