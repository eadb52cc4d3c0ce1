import { createHash } from 'node:crypto';
import { pem } from '@sigstore/core';
import { parseStrictJson } from 'backstage-plugin-supply-chain-common';
import { z } from 'zod';
import { dsseEnvelopeShape } from './bundleShape';
import { Candidate, LayerAnnotations, ParsedCandidate } from './candidate';
import { isStrictBase64 } from './decodeBase64';
import { BUNDLE_MAX_BYTES, parseBundleObject } from './parseBundle';
import { Refused } from './Refused';

/** Far more than any payload needs. */
export const SIMPLE_SIGNING_MAX_BYTES = 64 * 1024;

/** Annotations are part of a manifest and bounded by its size. */
const ANNOTATION_MAX_BYTES = 4 * 1024 * 1024;

// https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#properties
const SIGNATURE = 'dev.cosignproject.cosign/signature';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';
const LOG_BUNDLE = 'dev.sigstore.cosign/bundle';
const TIMESTAMP = 'dev.sigstore.cosign/rfc3161timestamp';

const CERTIFICATE_PEM =
  /^\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;

const base64 = z.string().refine(isStrictBase64, 'expected base64');

const logBundleShape = z.strictObject({
  SignedEntryTimestamp: base64,
  Payload: z.strictObject({
    body: base64,
    integratedTime: z.number().int().positive().safe(),
    logIndex: z.number().int().nonnegative().safe(),
    logID: z.string().regex(/^(?:[0-9a-f]{2})+$/),
  }),
});

const timestampShape = z.strictObject({ SignedRFC3161Timestamp: base64 });

const entryKindShape = z.object({ kind: z.string(), apiVersion: z.string() });

/** Reads a layer of cosign's old formats by putting together the bundle it amounts to. */
export function parseLegacyLayer(
  candidate: Extract<Candidate, { form: 'simpleSigning' | 'envelope' }>,
): ParsedCandidate {
  const material = {
    ...readSigner(candidate.annotations),
    ...readProofs(candidate.annotations),
  };
  if (candidate.form === 'envelope') {
    const dsseEnvelope = readJson(candidate.bytes, {
      maxBytes: BUNDLE_MAX_BYTES,
      shape: dsseEnvelopeShape,
      what: 'envelope',
    });
    return {
      ...parseBundleObject(toBundle({ ...material, dsseEnvelope }), undefined),
      envelope: Buffer.from(candidate.bytes),
    };
  }
  if (candidate.payload.length > SIMPLE_SIGNING_MAX_BYTES) {
    throw new Refused(
      'malformedPayload',
      `expected at most ${SIMPLE_SIGNING_MAX_BYTES} bytes, got ${candidate.payload.length}`,
    );
  }
  const messageSignature = {
    messageDigest: {
      algorithm: 'SHA2_256',
      digest: createHash('sha256').update(candidate.payload).digest('base64'),
    },
    signature: readText(candidate.annotations, SIGNATURE) ?? '',
  };
  const parsed = parseBundleObject(
    toBundle({ ...material, messageSignature }),
    candidate.payload,
  );
  return {
    ...parsed,
    payload: { type: 'simpleSigning', bytes: parsed.payload.bytes },
  };
}

function toBundle(parts: {
  signer: object;
  proofs: object;
  dsseEnvelope?: unknown;
  messageSignature?: unknown;
}): unknown {
  const { signer, proofs, ...content } = parts;
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: { ...signer, ...proofs },
    ...content,
  };
}

function readSigner(annotations: LayerAnnotations): { signer: object } {
  const certificate = readText(annotations, CERTIFICATE);
  if (certificate === undefined || certificate === '') {
    return { signer: { publicKey: {} } };
  }
  if (!CERTIFICATE_PEM.test(certificate)) {
    throw new Refused('malformedBundle', 'expected one PEM certificate');
  }
  // The chain annotation is not read: intermediates come from the trust root.
  return {
    signer: {
      x509CertificateChain: {
        certificates: [{ rawBytes: pem.toDER(certificate).toString('base64') }],
      },
    },
  };
}

function readProofs(annotations: LayerAnnotations): { proofs: object } {
  const logBundle = readText(annotations, LOG_BUNDLE);
  const timestamp = readText(annotations, TIMESTAMP);
  return {
    proofs: {
      tlogEntries: logBundle ? [readLogEntry(logBundle)] : [],
      timestampVerificationData: {
        rfc3161Timestamps: timestamp ? [readTimestamp(timestamp)] : [],
      },
    },
  };
}

function readLogEntry(text: string): object {
  const { SignedEntryTimestamp, Payload } = readJson(text, {
    maxBytes: ANNOTATION_MAX_BYTES,
    shape: logBundleShape,
    what: LOG_BUNDLE,
  });
  const { kind, apiVersion } = readJson(Buffer.from(Payload.body, 'base64'), {
    maxBytes: ANNOTATION_MAX_BYTES,
    shape: entryKindShape,
    what: 'log entry',
  });
  return {
    logIndex: String(Payload.logIndex),
    logId: { keyId: Buffer.from(Payload.logID, 'hex').toString('base64') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(Payload.integratedTime),
    inclusionPromise: { signedEntryTimestamp: SignedEntryTimestamp },
    canonicalizedBody: Payload.body,
  };
}

function readTimestamp(text: string): object {
  const { SignedRFC3161Timestamp } = readJson(text, {
    maxBytes: ANNOTATION_MAX_BYTES,
    shape: timestampShape,
    what: TIMESTAMP,
  });
  return { signedTimestamp: SignedRFC3161Timestamp };
}

function readText(
  annotations: LayerAnnotations,
  name: string,
): string | undefined {
  const value = Object.hasOwn(annotations, name)
    ? annotations[name]
    : undefined;
  if (value !== undefined && typeof value !== 'string') {
    throw new Refused('malformedBundle', `expected "${name}" to be a string`);
  }
  return value;
}

function readJson<T>(
  document: string | Uint8Array,
  options: { maxBytes: number; shape: z.ZodType<T>; what: string },
): T {
  const json = parseStrictJson(document, { maxBytes: options.maxBytes });
  if (!json.ok) {
    throw new Refused('malformedBundle', `${options.what}: ${json.message}`);
  }
  const shape = options.shape.safeParse(json.value);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    throw new Refused(
      'malformedBundle',
      `${options.what}: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  return shape.data;
}
