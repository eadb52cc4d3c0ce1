import { createHash, sign } from 'node:crypto';
import {
  derBoolean,
  derExplicit,
  derGeneralizedTime,
  derImplicit,
  derInteger,
  derIntegerContent,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSet,
} from './der';
import { IssuedCertificate, signatureAlgorithm } from './issueCertificate';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

const HASHES: Record<string, string> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '1.3.14.3.2.26': 'sha1',
};

/**
 * A signed attribute of a timestamp, DER.
 * @public
 */
export interface TimestampAttribute {
  oid: string;
  value: Buffer;
}

/**
 * @public
 */
export interface TimestampTokenOptions {
  /** What is stamped: for the Notary Project the bytes of the signature. */
  stamped: Buffer;
  time: Date;
  /** How far off the time may be. */
  accuracy?: { seconds?: number; millis?: number; micros?: number };
  /** @defaultValue a private one */
  policy?: string;
  signer: IssuedCertificate;
  /** Certificates in the token. @defaultValue the signer's */
  certificates?: IssuedCertificate[];
  /** The certificate the token says signed it. @defaultValue the signer's */
  statedSigner?: IssuedCertificate;

  // What follows makes tokens that are unusual, or that nobody should accept.
  /** @defaultValue SHA-256 */
  imprintAlgorithm?: string;
  /** Written out when given. @defaultValue SHA-256 */
  certificateHashAlgorithm?: string;
  changeAttributes?(attributes: TimestampAttribute[]): TimestampAttribute[];
  /** @defaultValue 1 */
  version?: number;
  criticalExtension?: string;
  /** How often the one signature stands. @defaultValue 1 */
  signatures?: number;
  /** Names the signer by its key in place of its issuer. */
  signerByKey?: boolean;
}

/**
 * Stamps bytes as a timestamp authority does: a TimeStampToken of RFC 3161, section 2.4.2, over SHA-256.
 * @public
 */
export function createTimestampToken(options: TimestampTokenOptions): Buffer {
  const { signer } = options;
  const content = timestampInfo(options);
  const attributes = signedAttributes(content, options);
  const signerInfo = derSequence(
    derInteger(1),
    options.signerByKey
      ? derImplicit(0, hash(SHA256, signer.der))
      : derSequence(signer.issuerDer, derInteger(signer.serialNumber)),
    algorithm(SHA256),
    derExplicit(0, ...attributes),
    signatureAlgorithm(signer.privateKey, 'sha256'),
    // Signed as a set, written under a context tag: https://www.rfc-editor.org/rfc/rfc5652#section-5.4
    derOctets(sign('sha256', derSet(...attributes), signer.privateKey)),
  );
  const signedData = derSequence(
    derInteger(3),
    derSet(algorithm(SHA256)),
    derSequence(derOid(TST_INFO), derExplicit(0, derOctets(content))),
    derExplicit(0, ...(options.certificates ?? [signer]).map(({ der }) => der)),
    derSet(
      ...Array.from({ length: options.signatures ?? 1 }, () => signerInfo),
    ),
  );
  return derSequence(derOid(SIGNED_DATA), derExplicit(0, signedData));
}

function timestampInfo(options: TimestampTokenOptions): Buffer {
  const { stamped, time, accuracy, policy = '1.3.6.1.4.1.99999.1' } = options;
  const { imprintAlgorithm = SHA256, criticalExtension } = options;
  return derSequence(
    derInteger(options.version ?? 1),
    derOid(policy),
    derSequence(
      algorithm(imprintAlgorithm),
      derOctets(hash(imprintAlgorithm, stamped)),
    ),
    derInteger(time.getTime()),
    derGeneralizedTime(time),
    ...(accuracy ? [accuracyOf(accuracy)] : []),
    ...(criticalExtension
      ? [
          derExplicit(
            1,
            derSequence(
              derOid(criticalExtension),
              derBoolean(true),
              derOctets(derNull()),
            ),
          ),
        ]
      : []),
  );
}

function accuracyOf({
  seconds,
  millis,
  micros,
}: NonNullable<TimestampTokenOptions['accuracy']>): Buffer {
  return derSequence(
    ...(seconds === undefined ? [] : [derInteger(seconds)]),
    ...(millis === undefined
      ? []
      : [derImplicit(0, derIntegerContent(millis))]),
    ...(micros === undefined
      ? []
      : [derImplicit(1, derIntegerContent(micros))]),
  );
}

function signedAttributes(
  content: Buffer,
  options: TimestampTokenOptions,
): Buffer[] {
  const attributes = [
    { oid: CONTENT_TYPE, value: derOid(TST_INFO) },
    { oid: MESSAGE_DIGEST, value: derOctets(hash(SHA256, content)) },
    { oid: SIGNING_CERTIFICATE_V2, value: signingCertificate(options) },
  ];
  return (options.changeAttributes?.(attributes) ?? attributes)
    .map(({ oid, value }) => derSequence(derOid(oid), derSet(value)))
    .sort(Buffer.compare);
}

/** `SigningCertificateV2` of RFC 5035, section 3. */
function signingCertificate(options: TimestampTokenOptions): Buffer {
  const { signer, statedSigner = signer, certificateHashAlgorithm } = options;
  return derSequence(
    derSequence(
      derSequence(
        ...(certificateHashAlgorithm
          ? [algorithm(certificateHashAlgorithm)]
          : []),
        derOctets(hash(certificateHashAlgorithm ?? SHA256, statedSigner.der)),
      ),
    ),
  );
}

function hash(oid: string, bytes: Buffer): Buffer {
  return createHash(HASHES[oid]).update(bytes).digest();
}

function algorithm(oid: string): Buffer {
  return derSequence(derOid(oid));
}
