import { OciDescriptor } from '../../registry';
import { CborTag, CborValue } from './cbor';
import { createCoseSign1, createJws, notationAlgorithm } from './envelopes';
import { IssuedCertificate } from './issueCertificate';

const PAYLOAD_TYPE = 'application/vnd.cncf.notary.payload.v1+json';
const PREFIX = 'io.cncf.notary.';
const AGENT = 'sandbox/1.0.0';

/** Labels of header parameters: https://www.iana.org/assignments/cose/cose.xhtml#header-parameters */
const COSE_LABELS = { alg: 1, crit: 2, contentType: 3, x5chain: 33 } as const;

/**
 * Media types of envelopes.
 * @public
 */
export const NOTATION_ENVELOPES = {
  jws: 'application/jose+json',
  cose: 'application/cose',
} as const;

/**
 * @public
 */
export type NotationScheme = 'notary.x509' | 'notary.x509.signingAuthority';

/**
 * Headers by their name in JWS; `Date` stands for a point in time, which each format writes in its own way.
 * @public
 */
export type NotationHeaders = Record<string, unknown>;

/**
 * @public
 */
export interface NotationSignatureOptions {
  format: keyof typeof NOTATION_ENVELOPES;
  /** From the certificate that signs to the root. */
  chain: IssuedCertificate[];
  target: OciDescriptor;
  /** @defaultValue `notary.x509` */
  scheme?: NotationScheme;
  signingTime: Date;
  expiry?: Date;
  /** Stamps the signature. */
  timestamp?(signature: Buffer): Buffer;
  /** In place of the payload about the target. */
  payload?: Buffer;
  /** Changes what is signed, for envelopes that are wrong. */
  changeProtected?(headers: NotationHeaders): NotationHeaders;
  /** Changes what is not signed. */
  changeUnprotected?(headers: NotationHeaders): NotationHeaders;
}

/**
 * Signs a descriptor as `notation sign` does, in either format:
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md
 * @public
 */
export function signForNotation(options: NotationSignatureOptions): Buffer {
  const { chain, format, payload = payloadFor(options.target) } = options;
  const [signer] = chain;
  const protectedHeaders = protectedHeadersFor(options);
  const unprotectedHeaders = (signature: Buffer) => {
    const headers: NotationHeaders = {
      x5c: chain.map(({ der }) => der),
      ...(options.timestamp && {
        [`${PREFIX}timestampSignature`]: options.timestamp(signature),
      }),
      [`${PREFIX}signingAgent`]: AGENT,
    };
    return options.changeUnprotected?.(headers) ?? headers;
  };
  return format === 'jws'
    ? createJws({
        signer,
        payload,
        protectedHeaders: inJson(protectedHeaders),
        unprotectedHeaders: signature => inJson(unprotectedHeaders(signature)),
      })
    : createCoseSign1({
        signer,
        payload,
        protectedHeaders: inCbor(protectedHeaders),
        unprotectedHeaders: signature => inCbor(unprotectedHeaders(signature)),
      });
}

function payloadFor({ mediaType, digest, size }: OciDescriptor): Buffer {
  return Buffer.from(
    JSON.stringify({ targetArtifact: { mediaType, digest, size } }),
  );
}

function protectedHeadersFor(
  options: NotationSignatureOptions,
): NotationHeaders {
  const { scheme = 'notary.x509', signingTime, expiry, format } = options;
  const algorithm = notationAlgorithm(options.chain[0].publicKey);
  const isAuthority = scheme === 'notary.x509.signingAuthority';
  const headers: NotationHeaders = {
    alg: algorithm[format],
    crit: [
      `${PREFIX}signingScheme`,
      ...(isAuthority ? [`${PREFIX}authenticSigningTime`] : []),
      ...(expiry ? [`${PREFIX}expiry`] : []),
    ],
    cty: PAYLOAD_TYPE,
    [`${PREFIX}signingScheme`]: scheme,
    [`${PREFIX}${isAuthority ? 'authenticSigningTime' : 'signingTime'}`]:
      signingTime,
    ...(expiry && { [`${PREFIX}expiry`]: expiry }),
  };
  return options.changeProtected?.(headers) ?? headers;
}

/** Times as RFC 3339 without fractions, bytes as base64. */
function inJson(headers: NotationHeaders): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, toJson(value)]),
  );
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d+Z$/, 'Z');
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  return Buffer.isBuffer(value) ? value.toString('base64') : value;
}

/** Times as seconds since 1970 under tag 1, registered names as numbers. */
function inCbor(headers: NotationHeaders): [CborValue, CborValue][] {
  return Object.entries(headers).map(([name, value]) => [
    labelOf(name),
    value instanceof Date
      ? new CborTag(1, Math.floor(value.getTime() / 1000))
      : (value as CborValue),
  ]);
}

function labelOf(name: string): CborValue {
  switch (name) {
    case 'alg':
      return COSE_LABELS.alg;
    case 'crit':
      return COSE_LABELS.crit;
    case 'cty':
      return COSE_LABELS.contentType;
    case 'x5c':
      return COSE_LABELS.x5chain;
    default:
      return name;
  }
}
