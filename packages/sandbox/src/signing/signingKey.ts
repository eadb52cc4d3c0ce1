import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  sign,
} from 'node:crypto';

/**
 * A throw-away key pair.
 * @public
 */
export interface SigningKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** SubjectPublicKeyInfo in PEM, what `cosign.pub` holds. */
  publicKeyPem: string;
  /** base64(sha256(SubjectPublicKeyInfo in DER)), as cosign 3 writes it. */
  hint: string;
}

/**
 * Makes an ECDSA P-256 key, the kind `cosign generate-key-pair` makes.
 * @public
 */
export function createSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    privateKey,
    publicKey,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    hint: createHash('sha256').update(der).digest('base64'),
  };
}

/** ECDSA over SHA-256, ASN.1 form. */
export function signBytes(key: SigningKey, bytes: Buffer): Buffer {
  return sign('sha256', bytes, key.privateKey);
}
