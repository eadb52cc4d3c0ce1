import {
  constants,
  generateKeyPairSync,
  KeyObject,
  sign,
  X509Certificate,
} from 'node:crypto';
import {
  derBits,
  derBoolean,
  derExplicit,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSet,
  derText,
  derTime,
} from './der';

/**
 * A certificate with the key it certifies.
 * @public
 */
export interface IssuedCertificate {
  der: Buffer;
  pem: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** DER of the subject, as those it issues repeat it. */
  subjectDer: Buffer;
  /** DER of the issuer's subject. */
  issuerDer: Buffer;
  serialNumber: number;
}

/**
 * Attributes of a name in their order, by short name or object identifier.
 * @public
 */
export type NameParts = [type: string, value: string][];

/**
 * An extension of a certificate, DER.
 * @public
 */
export interface CertificateExtension {
  oid: string;
  critical: boolean;
  value: Buffer;
}

/**
 * @public
 */
export interface IssueCertificateOptions {
  subject: NameParts;
  /** Absent: it issues itself. */
  issuer?: IssuedCertificate;
  /** @defaultValue a new P-256 key */
  keys?: { privateKey: KeyObject; publicKey: KeyObject };
  notBefore: Date;
  notAfter: Date;
  extensions: CertificateExtension[];
  /** @defaultValue sha256 */
  hash?: SigningHash;
  /** Signs as RSASSA-PSS; only with an RSA key. */
  isPss?: boolean;
}

/** @public */
export type SigningHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const ATTRIBUTES: Record<string, string> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
};

/** Algorithms of signatures: https://www.rfc-editor.org/rfc/rfc5758 and RFC 4055. */
const ALGORITHMS: Record<'rsa' | 'ec', Record<SigningHash, string>> = {
  rsa: {
    sha1: '1.2.840.113549.1.1.5',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ec: {
    sha1: '1.2.840.10045.4.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
};

const RSA_PSS = '1.2.840.113549.1.1.10';
const MGF1 = '1.2.840.113549.1.1.8';
const SALT_LENGTH = 32;
const HASHES: Record<SigningHash, string> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

let lastSerialNumber = 1;

/**
 * Issues a certificate of whatever content: also such as nobody should accept.
 * @public
 */
export function issueCertificate(
  options: IssueCertificateOptions,
): IssuedCertificate {
  const { issuer, notBefore, notAfter, hash = 'sha256' } = options;
  const keys =
    options.keys ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKey = issuer?.privateKey ?? keys.privateKey;
  const subjectDer = nameOf(options.subject);
  const issuerDer = issuer?.subjectDer ?? subjectDer;
  lastSerialNumber += 1;
  const serialNumber = lastSerialNumber;
  const algorithm = options.isPss
    ? pssAlgorithm(hash)
    : signatureAlgorithm(signingKey, hash);
  const content = derSequence(
    derExplicit(0, derInteger(2)), // version 3
    derInteger(serialNumber),
    algorithm,
    issuerDer,
    derSequence(derTime(notBefore), derTime(notAfter)),
    subjectDer,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(options.extensions.length > 0
      ? [derExplicit(3, derSequence(...options.extensions.map(extensionOf)))]
      : []),
  );
  const der = derSequence(
    content,
    algorithm,
    derBits(
      sign(hash, content, {
        key: signingKey,
        ...(options.isPss && {
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: SALT_LENGTH,
        }),
      }),
    ),
  );
  const pem = new X509Certificate(der).toString();
  return { der, pem, ...keys, subjectDer, issuerDer, serialNumber };
}

/** The AlgorithmIdentifier of a signature by this key. */
export function signatureAlgorithm(key: KeyObject, hash: SigningHash): Buffer {
  return key.asymmetricKeyType === 'rsa'
    ? derSequence(derOid(ALGORITHMS.rsa[hash]), derNull())
    : derSequence(derOid(ALGORITHMS.ec[hash]));
}

/** https://www.rfc-editor.org/rfc/rfc4055#section-3.1 */
function pssAlgorithm(hash: SigningHash): Buffer {
  const hashAlgorithm = derSequence(derOid(HASHES[hash]));
  return derSequence(
    derOid(RSA_PSS),
    derSequence(
      derExplicit(0, hashAlgorithm),
      derExplicit(1, derSequence(derOid(MGF1), hashAlgorithm)),
      derExplicit(2, derInteger(SALT_LENGTH)),
    ),
  );
}

function nameOf(parts: NameParts): Buffer {
  return derSequence(
    ...parts.map(([type, value]) =>
      derSet(derSequence(derOid(ATTRIBUTES[type] ?? type), derText(value))),
    ),
  );
}

function extensionOf({ oid, critical, value }: CertificateExtension): Buffer {
  return derSequence(
    derOid(oid),
    ...(critical ? [derBoolean(true)] : []),
    derOctets(value),
  );
}
