import { bundleFromJSON } from '@sigstore/bundle';
import type { Bundle } from '@sigstore/bundle';
import { HashAlgorithm } from '@sigstore/protobuf-specs';
import { createHash } from 'node:crypto';
import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { bundleShape } from './bundleShape';
import { Candidate, ParsedCandidate, SigningMaterial } from './candidate';
import { Refused } from './Refused';
import { SignedBytes } from './SignedBytes';

/** SBOM attestations are large. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;

const MEDIA_TYPES = new Set([
  'application/vnd.dev.sigstore.bundle+json;version=0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json',
]);

const HASHES: ReadonlyMap<HashAlgorithm, string> = new Map([
  [HashAlgorithm.SHA2_256, 'sha256'],
  [HashAlgorithm.SHA2_384, 'sha384'],
  [HashAlgorithm.SHA2_512, 'sha512'],
]);

/** Reads a bundle. */
export function parseBundle(
  candidate: Extract<Candidate, { form: 'bundle' }>,
): ParsedCandidate {
  const json = parseStrictJson(candidate.bytes, { maxBytes: BUNDLE_MAX_BYTES });
  if (!json.ok) {
    throw new Refused('malformedBundle', json.message);
  }
  return parseBundleObject(json.value, candidate.artifact);
}

/** The same for a bundle that was put together here from cosign's old format. */
export function parseBundleObject(
  value: unknown,
  artifact: Uint8Array | undefined,
): ParsedCandidate {
  requireKnownVersion(value);
  const shape = bundleShape.safeParse(value);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw new Refused(
      'malformedBundle',
      `${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const bundle = bundleFromJSON(shape.data);
  const { tlogEntries, timestampVerificationData } =
    bundle.verificationMaterial;
  return {
    ...readContent(bundle, artifact),
    material: readMaterial(bundle),
    logEntries: tlogEntries,
    timestampTokens: (timestampVerificationData?.rfc3161Timestamps ?? []).map(
      ({ signedTimestamp }) => signedTimestamp,
    ),
  };
}

function requireKnownVersion(value: unknown): void {
  const mediaType = (value as { mediaType?: unknown } | null)?.mediaType;
  if (typeof mediaType !== 'string') {
    throw new Refused('malformedBundle', 'expected a bundle with a mediaType');
  }
  if (!MEDIA_TYPES.has(mediaType)) {
    throw new Refused(
      'unsupportedBundleVersion',
      `expected a bundle of version 0.1 to 0.3, got "${mediaType}"`,
    );
  }
}

function readContent(
  bundle: Bundle,
  artifact: Uint8Array | undefined,
): Pick<ParsedCandidate, 'content' | 'payload'> {
  if (bundle.content.$case === 'dsseEnvelope') {
    const { payload, payloadType, signatures } = bundle.content.dsseEnvelope;
    const signature = signatures[0].sig;
    return {
      content: SignedBytes.ofEnvelope({ payload, payloadType, signature }),
      payload: { type: 'envelope', payloadType, bytes: payload },
    };
  }
  const { messageDigest, signature } = bundle.content.messageSignature;
  if (artifact === undefined) {
    throw new Refused('malformedPayload', 'the signed message is not here');
  }
  const message = Buffer.from(artifact);
  const hash = HASHES.get(messageDigest.algorithm);
  if (
    hash === undefined ||
    !createHash(hash).update(message).digest().equals(messageDigest.digest)
  ) {
    throw new Refused(
      'payloadDigestMismatch',
      'the bundle is about another message',
    );
  }
  return {
    content: SignedBytes.ofMessage(message, signature),
    payload: { type: 'artifact', bytes: message },
  };
}

function readMaterial(bundle: Bundle): SigningMaterial {
  const { content } = bundle.verificationMaterial;
  if (content.$case === 'publicKey') {
    // The hint is the signer's wish; which key verifies is ours to say.
    return { type: 'key' };
  }
  // Further certificates are ignored: intermediates come from the trust root, never from the signer.
  const { rawBytes } =
    content.$case === 'certificate'
      ? content.certificate
      : content.x509CertificateChain.certificates[0];
  return { type: 'certificate', der: rawBytes };
}
