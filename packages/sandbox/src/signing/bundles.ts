import { createHash } from 'node:crypto';
import { dsse } from '@sigstore/core';
import { GithubIdentity } from './githubIdentity';
import { LoggedEntry, PrivateSigstore } from './PrivateSigstore';
import { SigningKey, signBytes } from './signingKey';
import { Statement } from './statements';

/** @public */
export const BUNDLE_V03 = 'application/vnd.dev.sigstore.bundle.v0.3+json';
/** @public */
export const IN_TOTO = 'application/vnd.in-toto+json';

/**
 * A Sigstore bundle 0.3 in its JSON form.
 * @public
 */
export interface SignedBundle {
  mediaType: typeof BUNDLE_V03;
  verificationMaterial: Record<string, unknown>;
  dsseEnvelope: {
    payload: string;
    payloadType: typeof IN_TOTO;
    signatures: [{ sig: string }];
  };
}

/**
 * A bundle by a key, without log and time: what cosign 3 writes with an empty
 * signing configuration.
 * @public
 */
export function createKeyedBundle(options: {
  key: SigningKey;
  statement: Statement;
}): SignedBundle {
  return {
    mediaType: BUNDLE_V03,
    verificationMaterial: { publicKey: { hint: options.key.hint } },
    dsseEnvelope: signEnvelope(options.key, options.statement).envelope,
  };
}

/**
 * A bundle by a workflow identity: certificate with SCT, Rekor v1 entry with
 * promise and inclusion proof, RFC 3161 timestamp.
 * @public
 */
export async function createKeylessBundle(options: {
  sigstore: PrivateSigstore;
  identity: GithubIdentity;
  statement: Statement;
}): Promise<SignedBundle> {
  const { sigstore } = options;
  const certified = await sigstore.certify(options.identity);
  const { envelope, signature } = signEnvelope(
    certified.key,
    options.statement,
  );
  const entry = await sigstore.log(
    dsseEntry(envelope, certified.certificatePem),
  );
  const timestamp = await sigstore.timestamp(signature);
  return {
    mediaType: BUNDLE_V03,
    verificationMaterial: {
      certificate: { rawBytes: certified.certificate.toString('base64') },
      tlogEntries: [logEntryOf(entry, { kind: 'dsse', version: '0.0.1' })],
      timestampVerificationData: {
        rfc3161Timestamps: [{ signedTimestamp: timestamp.toString('base64') }],
      },
    },
    dsseEnvelope: envelope,
  };
}

function signEnvelope(
  key: SigningKey,
  statement: Statement,
): { envelope: SignedBundle['dsseEnvelope']; signature: Buffer } {
  const payload = Buffer.from(JSON.stringify(statement));
  const signature = signBytes(key, dsse.preAuthEncoding(IN_TOTO, payload));
  return {
    signature,
    envelope: {
      payload: payload.toString('base64'),
      payloadType: IN_TOTO,
      signatures: [{ sig: signature.toString('base64') }],
    },
  };
}

/** https://github.com/sigstore/rekor/blob/main/pkg/types/dsse/v0.0.1/dsse_v0_0_1_schema.json */
function dsseEntry(
  envelope: SignedBundle['dsseEnvelope'],
  certificatePem: string,
): object {
  const hash = (bytes: Buffer | string) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  });
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: hash(JSON.stringify(envelope)),
      payloadHash: hash(Buffer.from(envelope.payload, 'base64')),
      signatures: [
        {
          signature: envelope.signatures[0].sig,
          verifier: Buffer.from(certificatePem).toString('base64'),
        },
      ],
    },
  };
}

function logEntryOf(
  entry: LoggedEntry,
  kindVersion: { kind: string; version: string },
): Record<string, unknown> {
  const { inclusionProof } = entry;
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: base64(entry.logId) },
    kindVersion,
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp: entry.signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(inclusionProof.logIndex),
      rootHash: base64(inclusionProof.rootHash),
      treeSize: String(inclusionProof.treeSize),
      hashes: inclusionProof.hashes.map(base64),
      checkpoint: { envelope: inclusionProof.checkpoint },
    },
    canonicalizedBody: entry.body,
  };
}
