import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { Refused } from '../Refused';
import { decodeBase64 } from './decodeBase64';
import {
  CHAIN_MAX,
  Envelope,
  ENVELOPE_MAX_BYTES,
  NotationAlgorithm,
} from './envelope';
import { readSignedAttributes } from './readSignedAttributes';

const TIMESTAMP = 'io.cncf.notary.timestampSignature';
const SIGNING_AGENT = 'io.cncf.notary.signingAgent';

const ALGORITHMS: ReadonlySet<unknown> = new Set<NotationAlgorithm>([
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
]);

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const INSTANT =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function bytesIn(encoding: 'base64' | 'base64url') {
  return z.string().transform((text, context) => {
    const bytes = decodeBase64(text, encoding);
    if (!bytes) {
      context.addIssue({ code: 'custom', message: `expected ${encoding}` });
      return z.NEVER;
    }
    return bytes;
  });
}

/**
 * The flattened JSON form and no other:
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-jws.md#signature-envelope
 */
const shape = z.strictObject({
  payload: z.string(),
  protected: z.string(),
  // Headers that nobody signed and nobody knows change nothing.
  header: z
    .object({
      x5c: z.array(bytesIn('base64')).min(1).max(CHAIN_MAX),
      [TIMESTAMP]: bytesIn('base64').optional(),
      [SIGNING_AGENT]: z.string().optional(),
    })
    .passthrough(),
  signature: bytesIn('base64url'),
});

/**
 * Reads a JWS.
 *
 * @throws Refused
 */
export function parseJws(bytes: Uint8Array): Envelope {
  const json = readJson(bytes, 'envelope');
  const parsed = shape.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw malformed(`${issue.path.join('.')}: ${issue.message}`);
  }
  const { header, signature, ...texts } = parsed.data;
  const protectedHeaders = readProtected(texts.protected);
  if (Object.keys(header).some(name => protectedHeaders.has(name))) {
    // https://www.rfc-editor.org/rfc/rfc7515#section-4
    throw malformed('a header is both protected and not');
  }
  const timestampToken = header[TIMESTAMP];
  return {
    attributes: readSignedAttributes({
      values: protectedHeaders,
      algorithm: readAlgorithm(protectedHeaders.get('alg')),
      readTime,
    }),
    payload: decode(texts.payload),
    signed: Buffer.from(`${texts.protected}.${texts.payload}`, 'ascii'),
    signature,
    chain: header.x5c,
    ...(timestampToken && { timestampToken }),
  };
}

function readProtected(text: string): Map<string, unknown> {
  const headers = readJson(decode(text), 'protected headers');
  if (
    typeof headers !== 'object' ||
    headers === null ||
    Array.isArray(headers)
  ) {
    throw malformed('expected an object of protected headers');
  }
  const values = new Map(Object.entries(headers));
  if (values.has('b64')) {
    // https://www.rfc-editor.org/rfc/rfc7797: it would change what is signed.
    throw malformed('expected a payload in base64url');
  }
  return values;
}

function readAlgorithm(value: unknown): NotationAlgorithm | undefined {
  return ALGORITHMS.has(value) ? (value as NotationAlgorithm) : undefined;
}

function readTime(value: unknown): Date | undefined {
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  const midnight = new Date(`${day}T00:00:00Z`);
  // Days that do not exist roll over into the next month, and only here.
  const exists =
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().slice(0, 10) === day;
  return exists ? new Date(value as string) : undefined;
}

function decode(text: string): Buffer {
  const bytes = decodeBase64(text, 'base64url');
  if (!bytes) {
    throw malformed('expected base64url');
  }
  return bytes;
}

function readJson(bytes: Uint8Array, what: string): unknown {
  const json = parseStrictJson(bytes, { maxBytes: ENVELOPE_MAX_BYTES });
  if (!json.ok) {
    throw malformed(`${what}: ${json.message}`);
  }
  return json.value;
}

function malformed(message: string): Refused {
  return new Refused('malformedEnvelope', message);
}
