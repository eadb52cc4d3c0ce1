import { constants, createHash, KeyObject, verify } from 'node:crypto';
import { dsse } from '@sigstore/core';
import type { SignedEntity } from '@sigstore/verify';
import {
  classifyPublicKey,
  TrustedKeyAlgorithm,
} from 'backstage-plugin-supply-chain-node/trust';
import { Refused } from './Refused';

type SignatureContent = SignedEntity['signature'];

/**
 * The hash is chosen by our key, never by the document. Clients sign with the hash of the curve's strength; older ones
 * used SHA-256 with every curve.
 */
const HASHES: Record<TrustedKeyAlgorithm, (string | null)[]> = {
  'ecdsa-p256': ['sha256'],
  'ecdsa-p384': ['sha384', 'sha256'],
  'ecdsa-p521': ['sha512', 'sha256'],
  rsa: ['sha256'],
  ed25519: [null],
};

/** Hash by length in bytes: the log states digests of any strong hash. */
const HASH_BY_LENGTH: ReadonlyMap<number, string> = new Map([
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);

/**
 * What was signed, with its signature. In place of the library's own, which hashes with SHA-256 whatever the key, and
 * believes the digest a bundle states.
 */
export class SignedBytes implements SignatureContent {
  readonly signature: Buffer;
  readonly #payload: Buffer;
  readonly #signed: Buffer;
  #last?: { key: KeyObject; verified: boolean };

  private constructor(options: {
    payload: Buffer;
    signed: Buffer;
    signature: Buffer;
  }) {
    this.#payload = options.payload;
    this.#signed = options.signed;
    this.signature = options.signature;
  }

  /** A signature over the bytes themselves. */
  static ofMessage(message: Buffer, signature: Buffer): SignedBytes {
    return new SignedBytes({ payload: message, signed: message, signature });
  }

  /** A signature over the DSSE pre-authentication encoding. */
  static ofEnvelope(options: {
    payload: Buffer;
    payloadType: string;
    signature: Buffer;
  }): SignedBytes {
    const { payload, payloadType, signature } = options;
    return new SignedBytes({
      payload,
      signed: dsse.preAuthEncoding(payloadType, payload),
      signature,
    });
  }

  compareSignature(signature: Buffer): boolean {
    return signature.equals(this.signature);
  }

  compareDigest(digest: Buffer): boolean {
    return isDigestOf(digest, this.#payload);
  }

  compareSignedDigest(digest: Buffer): boolean {
    return isDigestOf(digest, this.#signed);
  }

  /**
   * Whether the key made the signature.
   *
   * @throws Refused when the key is too weak or of an unknown kind.
   */
  verifySignature(key: KeyObject): boolean {
    if (this.#last?.key.equals(key)) {
      return this.#last.verified;
    }
    const kind = classifyPublicKey(key);
    if (!kind.ok) {
      throw new Refused(kind.reason, kind.message);
    }
    const verified =
      HASHES[kind.algorithm].some(hash =>
        verify(hash, this.#signed, key, this.signature),
      ) ||
      (kind.algorithm === 'rsa' && this.#verifyPss(key));
    this.#last = { key, verified };
    return verified;
  }

  /** Key management services sign this way with keys that say `rsaEncryption`, which allows both (RFC 8017). */
  #verifyPss(publicKey: KeyObject): boolean {
    const key = {
      key: publicKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_AUTO,
    };
    return verify('sha256', this.#signed, key, this.signature);
  }
}

function isDigestOf(digest: Buffer, bytes: Buffer): boolean {
  const hash = HASH_BY_LENGTH.get(digest.length);
  return (
    hash !== undefined && createHash(hash).update(bytes).digest().equals(digest)
  );
}
