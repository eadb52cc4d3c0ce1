import { FileType, KeyShape, RoleShape } from './fileShapes';
import { Refused } from './Refused';
import { isSignedBy, keyIdOf, readRoleKey, RoleKey } from './RoleKey';
import { TrustFile } from './TrustFile';

/** The keys of a role that can verify, and how many of them must have signed. */
export type RoleKeys = {
  keys: RoleKey[];
  threshold: number;
  /** A key of the role could not be used. */
  hasUnusable: boolean;
};

/**
 * Reads the keys of a role.
 *
 * @throws Refused `trustDataKeyInvalid` when an id is not that of its key: signatures would be counted under names
 * anybody can choose.
 */
export function readRoleKeys(
  role: RoleShape,
  known: Record<string, KeyShape>,
): RoleKeys {
  const ids = [...new Set(role.keyids)];
  const keys = ids.flatMap(id => {
    const key = Object.hasOwn(known, id) ? known[id] : undefined;
    if (key && keyIdOf(key) !== id) {
      throw new Refused(
        'trustDataKeyInvalid',
        `key id "${id}" is not that of its key`,
      );
    }
    return (key && readRoleKey(id, key)) ?? [];
  });
  const { threshold } = role;
  return { keys, threshold, hasUnusable: keys.length < ids.length };
}

/**
 * Counts the keys that signed. CVE-2020-6174: every key once, however often it signed and under however many ids.
 *
 * @returns the keys that signed.
 * @throws Refused when they are too few.
 */
export function checkSignatures<T extends FileType>(
  file: TrustFile<T>,
  role: RoleKeys,
): RoleKey[] {
  const signers = role.keys.filter(key =>
    file.signatures.some(
      signature =>
        signature.keyid === key.id &&
        isSignedBy(key, signature, file.signedBytes),
    ),
  );
  const distinct = new Set(signers.map(({ fingerprint }) => fingerprint));
  if (distinct.size < role.threshold) {
    throw file.refuse(
      role.hasUnusable ? 'trustDataKeyInvalid' : 'trustDataSignatureInvalid',
      `expected ${role.threshold} keys of the role to have signed ${file.signed._type}, got ${distinct.size}`,
    );
  }
  return signers;
}
