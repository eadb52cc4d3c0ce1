import { createHash, KeyObject, verify } from 'node:crypto';
import {
  ADMISSION_FEED_TYPE,
  AdmissionFeedEnvelope,
  AdmissionFeedPage,
  signingInput,
} from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { FeedProblem } from './FeedProblem';

const envelopeSchema = z.object({
  payloadType: z.literal(ADMISSION_FEED_TYPE),
  payload: z.string(),
  signatures: z
    .array(z.object({ keyid: z.string(), sig: z.string() }))
    .length(1),
});

const instant = z.iso.datetime();

/** Whoever holds the key wrote it; only what is computed with is checked. */
const pageSchema = z.looseObject({
  version: z.literal(1),
  sequence: z.number().int().positive(),
  issuedAt: instant,
  expiresAt: instant,
  since: z.string(),
  cursor: z.string().min(1),
  more: z.boolean(),
  scans: z.array(
    z.looseObject({
      key: z.string(),
      hash: z.string(),
      scan: z.looseObject({ kind: z.literal('vulnerabilities') }),
    }),
  ),
  clocks: z.array(
    z.looseObject({
      repository: z.string(),
      clocks: z.array(z.looseObject({ key: z.string() })),
    }),
  ),
  scanners: z.array(
    z.looseObject({
      cluster: z.string(),
      status: z.enum(['ok', 'unavailable']),
    }),
  ),
  waivers: z.array(
    z.looseObject({
      name: z.string(),
      source: z.literal('portal'),
      rule: z.string(),
      policy: z.string().optional(),
      reasons: z.array(z.string()),
      includeUnknown: z.boolean(),
      scope: z.looseObject({}),
      approvedAt: instant.optional(),
      expires: instant,
    }),
  ),
  entities: z
    .looseObject({
      list: z.array(
        z.looseObject({
          facts: z.looseObject({ ref: z.string() }),
          annotations: z.record(z.string(), z.string()),
        }),
      ),
    })
    .optional(),
});

/** The id a key has in signatures. */
export function keyIdOf(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(spki).digest('hex')}`;
}

/**
 * The page in an envelope. The signature is checked before anything of the page is read.
 *
 * @throws FeedProblem when it is not signed by the pinned key, or cannot be read.
 */
export function openEnvelope(
  envelope: unknown,
  publicKey: KeyObject,
): AdmissionFeedPage {
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) {
    throw new FeedProblem('feedMalformed', 'expected a signed page');
  }
  const payload = verifiedPayload(parsed.data, publicKey);
  const page = pageSchema.safeParse(parseJson(payload));
  if (!page.success) {
    const [issue] = page.error.issues;
    throw new FeedProblem(
      'feedMalformed',
      `${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return page.data as unknown as AdmissionFeedPage;
}

function verifiedPayload(
  { payloadType, payload, signatures: [signature] }: AdmissionFeedEnvelope,
  publicKey: KeyObject,
): Buffer {
  const expected = keyIdOf(publicKey);
  if (signature.keyid !== expected) {
    throw new FeedProblem(
      'feedSignatureInvalid',
      `expected the key ${expected}, got "${signature.keyid.slice(0, 100)}"`,
    );
  }
  const bytes = Buffer.from(payload, 'base64');
  const input = signingInput(payloadType, bytes);
  const sig = Buffer.from(signature.sig, 'base64');
  if (!verify(null, input, publicKey, sig)) {
    throw new FeedProblem(
      'feedSignatureInvalid',
      'the signature does not belong to the page',
    );
  }
  return bytes;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The caller says that it cannot be read.
    return undefined;
  }
}
