import {
  Digest,
  parseDigest,
  parseStrictJson,
} from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { Refused } from '../Refused';
import { ENVELOPE_MAX_BYTES } from './envelope';

/** What a signature is about. */
export type TargetArtifact = {
  mediaType: string;
  digest: Digest;
  size: number;
};

/**
 * A descriptor and nothing beside it. Other keys are refused rather than ignored, because readers that take keys in any
 * case could take another digest out of them.
 *
 * https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#payload
 */
const shape = z.strictObject({
  targetArtifact: z.strictObject({
    mediaType: z.string().min(1),
    digest: z.string(),
    size: z.number().int().nonnegative().safe(),
    annotations: z.record(z.string()).nullish(),
    artifactType: z.string().optional(),
    urls: z.array(z.string()).nullish(),
    data: z.string().nullish(),
    platform: z.record(z.unknown()).nullish(),
  }),
});

/**
 * Reads a payload.
 *
 * @throws Refused
 */
export function readPayload(bytes: Uint8Array): TargetArtifact {
  const json = parseStrictJson(bytes, { maxBytes: ENVELOPE_MAX_BYTES });
  if (!json.ok) {
    throw new Refused('malformedPayload', json.message);
  }
  const parsed = shape.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refused(
      'malformedPayload',
      `${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const { mediaType, size } = parsed.data.targetArtifact;
  const digest = parseDigest(parsed.data.targetArtifact.digest);
  if (!digest) {
    throw new Refused('malformedPayload', 'expected a digest');
  }
  return { mediaType, digest, size };
}
