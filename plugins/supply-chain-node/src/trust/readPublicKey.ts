import { createHash, createPublicKey, KeyObject } from 'node:crypto';
import {
  TrustedKey,
  TrustedKeyAlgorithm,
  TrustResult,
} from './compiledTrustRoot';

/** NIST SP 800-131A: shorter RSA keys are disallowed. */
const RSA_MIN_BITS = 2048;

const CURVES: ReadonlyMap<string, TrustedKeyAlgorithm> = new Map([
  ['prime256v1', 'ecdsa-p256'],
  ['secp384r1', 'ecdsa-p384'],
  ['secp521r1', 'ecdsa-p521'],
]);

const PEM_PUBLIC_KEY =
  /^\s*-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/;

/**
 * Says what kind of key it is, or why it must not verify anything.
 *
 * @public
 */
export function classifyPublicKey(publicKey: KeyObject):
  | { ok: true; algorithm: TrustedKeyAlgorithm }
  | {
      ok: false;
      reason: 'keyTooWeak' | 'unsupportedAlgorithm';
      message: string;
    } {
  const { modulusLength = 0, namedCurve = '' } =
    publicKey.asymmetricKeyDetails ?? {};
  switch (publicKey.asymmetricKeyType) {
    case 'rsa':
      return modulusLength >= RSA_MIN_BITS
        ? { ok: true, algorithm: 'rsa' }
        : {
            ok: false,
            reason: 'keyTooWeak',
            message: `expected an RSA key of at least ${RSA_MIN_BITS} bits, got ${modulusLength}`,
          };
    case 'ec': {
      const algorithm = CURVES.get(namedCurve);
      return algorithm
        ? { ok: true, algorithm }
        : {
            ok: false,
            reason: 'keyTooWeak',
            message: `expected curve P-256, P-384 or P-521, got "${namedCurve}"`,
          };
    }
    case 'ed25519':
      return { ok: true, algorithm: 'ed25519' };
    default:
      return {
        ok: false,
        reason: 'unsupportedAlgorithm',
        message: `expected an RSA, ECDSA or Ed25519 key, got "${publicKey.asymmetricKeyType}"`,
      };
  }
}

/**
 * `sha256:` and the hex SHA-256 of the key's DER (SPKI).
 *
 * @public
 */
export function fingerprintOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(der).digest('hex')}`;
}

/**
 * Reads one PEM public key. Private keys and certificates are refused although Node would derive a key from them: who
 * writes one of those into a trust root has made a mistake that must be seen.
 *
 * @public
 */
export function readPublicKey(pem: string): TrustResult<TrustedKey> {
  if (!PEM_PUBLIC_KEY.test(pem)) {
    return unreadable('expected one PEM block "PUBLIC KEY"');
  }
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey(pem);
  } catch (error) {
    return unreadable((error as Error).message);
  }
  const kind = classifyPublicKey(publicKey);
  if (!kind.ok) {
    return unreadable(kind.message);
  }
  return {
    ok: true,
    value: {
      publicKey,
      algorithm: kind.algorithm,
      fingerprint: fingerprintOf(publicKey),
    },
  };
}

function unreadable(message: string): TrustResult<never> {
  return { ok: false, reason: 'keyUnreadable', message };
}
