import {
  constants,
  createHash,
  createPublicKey,
  KeyObject,
  verify,
  X509Certificate,
} from 'node:crypto';
import { canonicalize } from '@tufjs/canonical-json';
import {
  classifyPublicKey,
  fingerprintOf,
} from 'backstage-plugin-supply-chain-node/trust';
import { decodeBase64 } from './decodeBase64';
import { FileSignature, KeyShape } from './fileShapes';
import { CERTIFICATES_MAX } from './limits';

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+?-----END CERTIFICATE-----/g;
const ED25519_BYTES = 32;
/** What goes before the 32 bytes of an Ed25519 key to make its SPKI (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Which methods a kind of key signs with. The method is written by whoever signs: only one that fits is believed, and
 * the old `pycrypto-pkcs#1 pss` is none of them.
 */
const METHODS: Record<string, readonly string[]> = {
  ecdsa: ['ecdsa'],
  rsa: ['rsapss', 'rsapkcs1v15'],
  ed25519: ['eddsa'],
};

/** A key of a role, read and found strong enough. */
export type RoleKey = {
  id: string;
  publicKey: KeyObject;
  /** Equal for equal keys, whatever their ids: one key in two spellings is one signer. */
  fingerprint: string;
  /** `ecdsa`, `rsa` or `ed25519`. */
  kind: string;
  /** Key types with `-x509`: the leaf, then its intermediates. */
  certificates: X509Certificate[];
};

/** The id a key must have: SHA-256 over its canonical JSON, hex. */
export function keyIdOf({ keytype, keyval }: KeyShape): string {
  const content = {
    keytype,
    keyval: { private: null, public: keyval.public },
  };
  return createHash('sha256').update(canonicalize(content)).digest('hex');
}

/** Reads a key; `undefined` when it is unknown, damaged or too weak to verify anything. */
export function readRoleKey(id: string, key: KeyShape): RoleKey | undefined {
  const bytes = decodeBase64(key.keyval.public);
  const [kind, form] = key.keytype.split('-');
  if (!bytes || !Object.hasOwn(METHODS, kind)) {
    return undefined;
  }
  try {
    const certificates = form === 'x509' ? readCertificates(bytes) : [];
    const publicKey =
      form === 'x509'
        ? certificates[0].publicKey
        : createPublicKey({
            key: toSpki(kind, bytes),
            format: 'der',
            type: 'spki',
          });
    const algorithm = classifyPublicKey(publicKey);
    const isFit = algorithm.ok && algorithm.algorithm.split('-')[0] === kind;
    const isKnown = key.keytype === kind || key.keytype === `${kind}-x509`;
    return isFit && isKnown
      ? {
          id,
          publicKey,
          fingerprint: fingerprintOf(publicKey),
          kind,
          certificates,
        }
      : undefined;
  } catch {
    // OpenSSL has no other way to say that the bytes are no key; the caller says that the key cannot be used.
    return undefined;
  }
}

/** Whether the key made the signature, by a method that fits it. */
export function isSignedBy(
  key: RoleKey,
  signature: FileSignature,
  bytes: Buffer,
): boolean {
  const { method, sig } = signature;
  const decoded = decodeBase64(sig);
  if (!decoded || !METHODS[key.kind].includes(method)) {
    return false;
  }
  return verify(
    method === 'eddsa' ? null : 'sha256',
    bytes,
    {
      key: key.publicKey,
      dsaEncoding: 'ieee-p1363',
      ...(method === 'rsapss' && {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      }),
    },
    decoded,
  );
}

function readCertificates(pem: Buffer): X509Certificate[] {
  const blocks = pem.toString('latin1').match(CERTIFICATE) ?? [];
  if (blocks.length === 0 || blocks.length > CERTIFICATES_MAX) {
    throw new TypeError(
      `expected 1 to ${CERTIFICATES_MAX} certificates, got ${blocks.length}`,
    );
  }
  return blocks.map(block => new X509Certificate(block));
}

function toSpki(kind: string, bytes: Buffer): Buffer {
  if (kind !== 'ed25519') {
    return bytes;
  }
  if (bytes.length !== ED25519_BYTES) {
    throw new TypeError(`expected ${ED25519_BYTES} bytes of an Ed25519 key`);
  }
  return Buffer.concat([ED25519_PREFIX, bytes]);
}
