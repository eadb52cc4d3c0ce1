import { z } from 'zod';
import { isStrictBase64 } from './decodeBase64';

/** As many as the reference clients read. */
const LOG_ENTRIES_MAX = 32;
const TIMESTAMPS_MAX = 32;
const PROOF_HASHES_MAX = 64;
const CERTIFICATES_MAX = 16;

const bytes = z.string().refine(isStrictBase64, 'expected base64');
/** 64-bit integers are strings in protobuf's JSON; some writers use numbers. */
const integer = z.union([
  z.string().regex(/^\d{1,19}$/),
  z.number().int().nonnegative().safe(),
]);

const certificate = z.strictObject({ rawBytes: bytes });

const logEntry = z.strictObject({
  // Zero is left out by protobuf's JSON.
  logIndex: integer.nullish(),
  logId: z.strictObject({ keyId: bytes }),
  kindVersion: z.strictObject({ kind: z.string(), version: z.string() }),
  integratedTime: integer.nullish(),
  inclusionPromise: z.strictObject({ signedEntryTimestamp: bytes }).nullish(),
  inclusionProof: z
    .strictObject({
      logIndex: integer.nullish(),
      rootHash: bytes,
      treeSize: integer,
      hashes: z.array(bytes).max(PROOF_HASHES_MAX).nullish(),
      checkpoint: z.strictObject({ envelope: z.string() }),
    })
    .nullish(),
  canonicalizedBody: bytes,
});

const verificationMaterial = z
  .strictObject({
    publicKey: z.strictObject({ hint: z.string().nullish() }).nullish(),
    certificate: certificate.nullish(),
    x509CertificateChain: z
      .strictObject({
        certificates: z.array(certificate).min(1).max(CERTIFICATES_MAX),
      })
      .nullish(),
    tlogEntries: z.array(logEntry).max(LOG_ENTRIES_MAX).nullish(),
    timestampVerificationData: z
      .strictObject({
        rfc3161Timestamps: z
          .array(z.strictObject({ signedTimestamp: bytes }))
          .max(TIMESTAMPS_MAX)
          .nullish(),
      })
      .nullish(),
  })
  .refine(
    material =>
      exactlyOne(
        material.publicKey,
        material.certificate,
        material.x509CertificateChain,
      ),
    'expected exactly one of publicKey, certificate and x509CertificateChain',
  );

const dsseEnvelope = z.strictObject({
  payload: bytes,
  payloadType: z.string(),
  // More than one signature: the clients would disagree on which one counts.
  signatures: z
    .array(z.strictObject({ sig: bytes, keyid: z.string().nullish() }))
    .length(1),
});

/** A DSSE envelope with one signature: https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md */
export const dsseEnvelopeShape = dsseEnvelope;

/**
 * A bundle of any supported version, with nothing unknown in it.
 *
 * https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_bundle.proto
 */
export const bundleShape = z
  .strictObject({
    mediaType: z.string(),
    verificationMaterial,
    dsseEnvelope: dsseEnvelope.nullish(),
    messageSignature: z
      .strictObject({
        messageDigest: z.strictObject({
          algorithm: z.union([z.string(), z.number()]),
          digest: bytes,
        }),
        signature: bytes,
      })
      .nullish(),
  })
  .refine(
    bundle => exactlyOne(bundle.dsseEnvelope, bundle.messageSignature),
    'expected exactly one of dsseEnvelope and messageSignature',
  );

function exactlyOne(...members: unknown[]): boolean {
  return (
    members.filter(member => member !== undefined && member !== null).length ===
    1
  );
}
