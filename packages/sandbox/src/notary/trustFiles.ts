import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import { NotaryKey } from './NotaryKey';

/** @internal */
export const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * The defaults of Notary: https://github.com/notaryproject/notary/blob/v0.7.0/const.go
 * @internal
 */
export const LIFETIME_DAYS: Record<string, number> = {
  root: 3650,
  targets: 1095,
  snapshot: 1095,
  timestamp: 14,
};

/**
 * Makes a root key with a certificate that names the repository, as `notary init` does.
 * @public
 */
export function createRootKey(gun: string, now: Date): NotaryKey {
  return NotaryKey.create({
    type: 'ecdsa-x509',
    certificate: {
      commonName: gun,
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + LIFETIME_DAYS.root * DAY_MS),
    },
  });
}

/**
 * Writes a file of trust data: the signed part and its signatures.
 * @public
 */
export function signFile(signed: object, keys: NotaryKey[]): Buffer {
  const bytes = Buffer.from(canonicalJson(signed), 'utf8');
  const signatures = keys.map(key => key.sign(bytes));
  return Buffer.from(JSON.stringify({ signed, signatures }));
}

/**
 * Keys as files hold them.
 * @internal
 */
export function keysById(keys: NotaryKey[]): object {
  return Object.fromEntries(keys.map(({ id, tufKey }) => [id, tufKey]));
}

/**
 * A hash as files hold it.
 * @internal
 */
export function hashOf(
  bytes: Buffer,
  algorithm: 'sha256' | 'sha512',
  encoding: 'base64' | 'hex' = 'base64',
): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}

/**
 * How a snapshot or timestamp describes a file.
 * @public
 */
export function describeFile(file: Buffer): object {
  return {
    hashes: { sha256: hashOf(file, 'sha256'), sha512: hashOf(file, 'sha512') },
    length: file.length,
  };
}
