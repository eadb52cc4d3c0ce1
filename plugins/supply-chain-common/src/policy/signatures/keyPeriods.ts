import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { TrustCheck } from '../../model/signature';
import { TrustKey, TrustRoot } from '../types';

const PUBLIC_KEY =
  /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/;

/**
 * `sha256:` over the DER of a PEM public key (SPKI), or `undefined` when the text holds none.
 *
 * @public
 */
export function publicKeyFingerprint(pem: string): string | undefined {
  const base64 = PUBLIC_KEY.exec(pem)?.[1].replace(/\s+/g, '');
  const bytes = base64 && decodeBase64(base64);
  return bytes ? `sha256:${bytesToHex(sha256(bytes))}` : undefined;
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), each => each.charCodeAt(0));
  } catch {
    // `atob` has no other way to say that the text is no base64; the caller treats it as no key.
    return undefined;
  }
}

function keyOf(root: TrustRoot, fingerprint: string): TrustKey | undefined {
  return root.spec.type === 'keys'
    ? root.spec.keys.find(
        ({ material }) =>
          publicKeyFingerprint(material.content) === fingerprint,
      )
    : undefined;
}

/** The key of a check whose validity the clock decides: a signature with trusted time was judged at that time. */
function timelessKey(check: TrustCheck, root: TrustRoot): TrustKey | undefined {
  return check.signer?.type === 'key' && check.signedAt === undefined
    ? keyOf(root, check.signer.fingerprint)
    : undefined;
}

/**
 * The check as it stands at `now`: evidence lives for hours, and a key may leave its period meanwhile.
 */
export function checkAtInstant(options: {
  check: TrustCheck;
  root: TrustRoot;
  now: Date;
}): TrustCheck {
  const { check, root, now } = options;
  const key =
    check.status === 'verified' ? timelessKey(check, root) : undefined;
  const outside =
    key !== undefined &&
    ((key.notBefore !== undefined && now < new Date(key.notBefore)) ||
      (key.notAfter !== undefined && now >= new Date(key.notAfter)));
  return outside
    ? { ...check, status: 'expired', reason: 'keyNotValidNow' }
    : check;
}

/** When the clock alone changes the check: the end of its key's period. */
export function checkChangesAt(
  check: TrustCheck,
  root: TrustRoot,
): string | undefined {
  return check.status === 'verified'
    ? timelessKey(check, root)?.notAfter
    : undefined;
}
