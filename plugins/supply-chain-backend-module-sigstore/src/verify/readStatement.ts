import {
  Digest,
  digestAlgorithm,
  digestHex,
  parseDigest,
  parseStrictJson,
  PredicateContent,
  readPredicate,
  SignedStatement,
} from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { CandidatePayload } from './candidate';
import { BUNDLE_MAX_BYTES } from './parseBundle';
import { SIMPLE_SIGNING_MAX_BYTES } from './parseLegacyLayer';
import { Refused } from './Refused';

/** https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/envelope.md */
const IN_TOTO_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** The one predicate that says "signed" and nothing else (L13). */
const COSIGN_SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';

// CVE-2024-45395: as many as the reference clients read.
const SUBJECTS_MAX = 1024;
const DIGESTS_PER_SUBJECT_MAX = 32;

/** What a payload states, before anybody vouches for it. */
export type Statement = {
  kind: SignedStatement['kind'];
  predicateType?: string;
  /** The wanted digest when it is covered, else another one that is. */
  covers?: Digest;
  /** What its predicate says; only of in-toto statements that are no signatures. */
  content?: PredicateContent;
  /** As written in a simple signing payload. */
  dockerReference?: string;
};

const simpleSigningShape = z.strictObject({
  critical: z.strictObject({
    identity: z.strictObject({ 'docker-reference': z.string() }),
    image: z.strictObject({ 'docker-manifest-digest': z.string() }),
    type: z.literal('cosign container image signature'),
  }),
  optional: z.unknown(),
});

const inTotoShape = z.object({
  _type: z.enum([
    'https://in-toto.io/Statement/v0.1',
    'https://in-toto.io/Statement/v1',
  ]),
  subject: z
    .array(
      z.object({
        digest: z
          .record(z.string())
          .refine(
            digest => Object.keys(digest).length <= DIGESTS_PER_SUBJECT_MAX,
          ),
      }),
    )
    .min(1)
    .max(SUBJECTS_MAX),
  predicateType: z.string().min(1),
  predicate: z.unknown(),
});

/** Reads what a payload states about the wanted digest. */
export function readStatement(
  payload: CandidatePayload,
  wanted: Digest,
): Statement {
  if (payload.type === 'simpleSigning') {
    return readSimpleSigning(payload.bytes);
  }
  if (payload.type === 'artifact') {
    // A signature over the manifest itself says neither "signed" in the sense of L13 nor anything else.
    return { kind: 'attestation', covers: wanted };
  }
  return payload.payloadType === IN_TOTO_PAYLOAD_TYPE
    ? readInToto(payload.bytes, wanted)
    : { kind: 'attestation' };
}

function readSimpleSigning(bytes: Buffer): Statement {
  const { critical } = read(bytes, {
    maxBytes: SIMPLE_SIGNING_MAX_BYTES,
    shape: simpleSigningShape,
  });
  return {
    kind: 'signature',
    covers: parseDigest(critical.image['docker-manifest-digest']),
    dockerReference: critical.identity['docker-reference'],
  };
}

/**
 * Reads an in-toto statement, signed or bare.
 *
 * @throws Refused
 */
export function readInToto(bytes: Buffer, wanted: Digest): Statement {
  const { subject, predicateType, predicate } = read(bytes, {
    maxBytes: BUNDLE_MAX_BYTES,
    shape: inTotoShape,
  });
  const algorithm = digestAlgorithm(wanted);
  const covered = subject.some(
    ({ digest }) =>
      Object.hasOwn(digest, algorithm) &&
      digest[algorithm] === digestHex(wanted),
  );
  const isSignature = predicateType === COSIGN_SIGN_PREDICATE;
  return {
    kind: isSignature ? 'signature' : 'attestation',
    predicateType,
    ...(!isSignature && { content: readPredicate(predicateType, predicate) }),
    covers: covered
      ? wanted
      : parseDigest(`sha256:${subject[0].digest.sha256}`),
  };
}

function read<T>(
  bytes: Buffer,
  options: { maxBytes: number; shape: z.ZodType<T> },
): T {
  const json = parseStrictJson(bytes, { maxBytes: options.maxBytes });
  if (!json.ok) {
    throw new Refused('malformedPayload', json.message);
  }
  const shape = options.shape.safeParse(json.value);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw new Refused(
      'malformedPayload',
      `${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return shape.data;
}
