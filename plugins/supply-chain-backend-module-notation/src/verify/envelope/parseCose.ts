import { Refused } from '../Refused';
import { decodeCbor, untag } from './decodeCbor';
import { CHAIN_MAX, Envelope, NotationAlgorithm } from './envelope';
import { readSignedAttributes } from './readSignedAttributes';

/** https://www.rfc-editor.org/rfc/rfc9052#section-4.2 */
const COSE_SIGN1 = 18;
/** Seconds since 1970: https://www.rfc-editor.org/rfc/rfc8949#section-3.4.2 */
const EPOCH_TIME = 1;
const TIMESTAMP = 'io.cncf.notary.timestampSignature';

/** Registered labels by their names in JWS: https://www.iana.org/assignments/cose/cose.xhtml#header-parameters */
const LABELS: ReadonlyMap<unknown, string> = new Map([
  [1, 'alg'],
  [2, 'crit'],
  [3, 'cty'],
  [33, 'x5c'],
]);
const NAMES = new Set(LABELS.values());

/** https://www.iana.org/assignments/cose/cose.xhtml#algorithms */
const ALGORITHMS: ReadonlyMap<unknown, NotationAlgorithm> = new Map([
  [-37, 'PS256'],
  [-38, 'PS384'],
  [-39, 'PS512'],
  [-7, 'ES256'],
  [-35, 'ES384'],
  [-36, 'ES512'],
]);

/**
 * Reads a tagged COSE_Sign1.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-cose.md
 *
 * @throws Refused
 */
export function parseCose(bytes: Uint8Array): Envelope {
  const parts = untag(decodeCbor(bytes), COSE_SIGN1);
  if (!Array.isArray(parts) || parts.length !== 4) {
    throw malformed('expected a tagged COSE_Sign1');
  }
  const protectedBytes = bytesOf(parts[0], 'protected headers');
  const payload = bytesOf(parts[2], 'payload');
  const signature = bytesOf(parts[3], 'signature');
  const protectedHeaders = readHeaders(decodeCbor(protectedBytes));
  const unprotectedHeaders = readHeaders(parts[1]);
  if ([...unprotectedHeaders.keys()].some(name => protectedHeaders.has(name))) {
    // https://www.rfc-editor.org/rfc/rfc9052#section-3
    throw malformed('a header is both protected and not');
  }
  const critical = protectedHeaders.get('crit');
  if (Array.isArray(critical)) {
    protectedHeaders.set('crit', critical.map(nameOf));
  }
  const timestampToken = unprotectedHeaders.has(TIMESTAMP)
    ? bytesOf(unprotectedHeaders.get(TIMESTAMP), 'timestamp')
    : undefined;
  return {
    attributes: readSignedAttributes({
      values: protectedHeaders,
      algorithm: ALGORITHMS.get(protectedHeaders.get('alg')),
      readTime,
    }),
    payload,
    signed: encodeSigned(protectedBytes, payload),
    signature,
    chain: readChain(unprotectedHeaders.get('x5c')),
    ...(timestampToken && { timestampToken }),
  };
}

function readHeaders(value: unknown): Map<string, unknown> {
  if (!(value instanceof Map)) {
    throw malformed('expected a map of headers');
  }
  return new Map(
    [...value].map(([label, content]) => [nameOf(label), content]),
  );
}

function nameOf(label: unknown): string {
  if (typeof label === 'string' && !NAMES.has(label)) {
    return label;
  }
  if (typeof label === 'number' || typeof label === 'bigint') {
    return LABELS.get(label) ?? `label ${label}`;
  }
  throw malformed(`"${label}" is no label of a header`);
}

function readTime(value: unknown): Date | undefined {
  const seconds = untag(value, EPOCH_TIME);
  return typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
}

function readChain(value: unknown): Buffer[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > CHAIN_MAX) {
    throw malformed('expected a list of certificates');
  }
  return value.map(each => bytesOf(each, 'certificate'));
}

function bytesOf(value: unknown, what: string): Buffer {
  if (!(value instanceof Uint8Array)) {
    throw malformed(`expected the ${what} as bytes`);
  }
  return Buffer.from(value);
}

/** `Sig_structure` of RFC 9052, section 4.4, over the very bytes of the protected headers. */
function encodeSigned(protectedBytes: Buffer, payload: Buffer): Buffer {
  const context = Buffer.from('Signature1', 'ascii');
  return Buffer.concat([
    Buffer.from([0x84]),
    head(0x60, context.length),
    context,
    head(0x40, protectedBytes.length),
    protectedBytes,
    head(0x40, 0),
    head(0x40, payload.length),
    payload,
  ]);
}

/** The head of a text or of bytes with its length in the shortest form. */
function head(major: number, length: number): Buffer {
  if (length < 24) {
    return Buffer.from([major + length]);
  }
  if (length < 0x100) {
    return Buffer.from([major + 24, length]);
  }
  const bytes = Buffer.alloc(length < 0x10000 ? 3 : 5);
  bytes[0] = major + (length < 0x10000 ? 25 : 26);
  bytes.writeUIntBE(length, 1, bytes.length - 1);
  return bytes;
}

function malformed(message: string): Refused {
  return new Refused('malformedEnvelope', message);
}
