import {
  constants,
  createHash,
  generateKeyPairSync,
  KeyObject,
  sign,
} from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import {
  createNotaryCertificate,
  NotaryCertificateOptions,
} from './createNotaryCertificate';

/**
 * Key types of Notary; those with `-x509` hold a certificate in place of the bare key.
 * @public
 */
export type NotaryKeyType =
  | 'ecdsa'
  | 'ecdsa-x509'
  | 'rsa'
  | 'rsa-x509'
  | 'ed25519';

/**
 * @public
 */
export interface NotaryKeyOptions {
  /** @defaultValue `ecdsa` */
  type?: NotaryKeyType;
  /** The certificate; needed for the types with `-x509`. */
  certificate?: Pick<
    NotaryCertificateOptions,
    'commonName' | 'notBefore' | 'notAfter' | 'isAuthority' | 'extendedKeyUsage'
  > & {
    /** Signs the certificate; its own key when absent. */
    issuer?: NotaryAuthority;
    /** PEM of certificates that follow it in the key. */
    chain?: string[];
  };
  /** @defaultValue 2048 */
  rsaBits?: number;
  /** Uses this key pair in place of a new one. */
  privateKey?: KeyObject;
  publicKey?: KeyObject;
}

/**
 * An authority for certificates of root keys.
 * @public
 */
export interface NotaryAuthority {
  commonName: string;
  privateKey: KeyObject;
  /** PEM. */
  certificate: string;
}

/**
 * A signature as it stands in a file of trust data.
 * @public
 */
export interface NotarySignature {
  keyid: string;
  method: string;
  sig: string;
}

/**
 * A throw-away key of a role of trust data.
 * @public
 */
export class NotaryKey {
  /** The key as files of trust data hold it. */
  readonly tufKey: {
    keytype: NotaryKeyType;
    keyval: { private: null; public: string };
  };
  /** SHA-256 over the canonical JSON of the key, hex. */
  readonly id: string;

  static create(options: NotaryKeyOptions = {}): NotaryKey {
    const { type = 'ecdsa', privateKey, publicKey } = options;
    const pair =
      privateKey && publicKey
        ? { privateKey, publicKey }
        : generatePair(type, options.rsaBits ?? 2048);
    return new NotaryKey({
      type,
      ...pair,
      content: contentOf(type, pair, options.certificate),
    });
  }

  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;

  private constructor(options: {
    type: NotaryKeyType;
    privateKey: KeyObject;
    publicKey: KeyObject;
    content: Buffer;
  }) {
    this.privateKey = options.privateKey;
    this.publicKey = options.publicKey;
    this.tufKey = {
      keytype: options.type,
      keyval: { private: null, public: options.content.toString('base64') },
    };
    this.id = createHash('sha256')
      .update(canonicalJson(this.tufKey))
      .digest('hex');
  }

  /** The method Notary signs with by default for this type. */
  get method(): string {
    const [kind] = this.tufKey.keytype.split('-');
    return { rsa: 'rsapss', ed25519: 'eddsa' }[kind] ?? 'ecdsa';
  }

  /** Signs bytes. */
  sign(bytes: Buffer, method = this.method): NotarySignature {
    const signature = sign(method === 'eddsa' ? null : 'sha256', bytes, {
      key: this.privateKey,
      dsaEncoding: 'ieee-p1363',
      ...(method === 'rsapss' && {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      }),
    });
    return { keyid: this.id, method, sig: signature.toString('base64') };
  }
}

/**
 * Makes an authority that issues certificates for root keys.
 * @public
 */
export function createNotaryAuthority(
  options: Pick<
    NotaryCertificateOptions,
    'commonName' | 'notBefore' | 'notAfter' | 'pathLength'
  > & {
    /** Another authority that vouches for it; itself when absent. */
    issuer?: NotaryAuthority;
  },
): NotaryAuthority {
  const { commonName, issuer } = options;
  const { privateKey, publicKey } = generatePair('ecdsa', 0);
  const certificate = createNotaryCertificate({
    ...options,
    publicKey,
    issuer: issuer ?? { commonName, privateKey },
    isAuthority: true,
  });
  return { commonName, privateKey, certificate };
}

function generatePair(type: NotaryKeyType, modulusLength: number) {
  if (type === 'ed25519') {
    return generateKeyPairSync('ed25519');
  }
  return type.startsWith('rsa')
    ? generateKeyPairSync('rsa', { modulusLength })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function contentOf(
  type: NotaryKeyType,
  pair: { privateKey: KeyObject; publicKey: KeyObject },
  certificate: NotaryKeyOptions['certificate'],
): Buffer {
  if (certificate) {
    const { issuer, chain = [], ...content } = certificate;
    const pem = createNotaryCertificate({
      ...content,
      publicKey: pair.publicKey,
      issuer: issuer ?? {
        commonName: content.commonName,
        privateKey: pair.privateKey,
      },
    });
    return Buffer.from([pem, ...chain].join(''), 'ascii');
  }
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  // The last 32 bytes of the 44 are the key itself.
  return type === 'ed25519' ? spki.subarray(12) : spki;
}
