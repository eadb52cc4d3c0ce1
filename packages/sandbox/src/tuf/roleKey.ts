import { createHash, generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { Key, Metadata, Signature } from '@tufjs/models';

/** A key of one role, with what metadata says of it. */
export type RoleKey = { key: Key; privateKey: KeyObject };

/** The length of the DER of an Ed25519 key before the key itself. */
const SPKI_PREFIX_BYTES = 12;

/** Makes an Ed25519 key. */
export function createRoleKey(): RoleKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey
    .export({ type: 'spki', format: 'der' })
    .subarray(SPKI_PREFIX_BYTES)
    .toString('hex');
  const key = new Key({
    keyID: createHash('sha256').update(raw).digest('hex'),
    keyType: 'ed25519',
    scheme: 'ed25519',
    keyVal: { public: raw },
  });
  return { key, privateKey };
}

/** The text of metadata, signed by each of the keys. */
export function signedText(
  metadata: Pick<Metadata<never>, 'sign' | 'toJSON'>,
  keys: RoleKey[],
): string {
  for (const { key, privateKey } of keys) {
    metadata.sign(
      data =>
        new Signature({
          keyID: key.keyID,
          sig: sign(null, data, privateKey).toString('hex'),
        }),
    );
  }
  return JSON.stringify(metadata.toJSON());
}
