import { createHash } from 'node:crypto';
import { GithubIdentity } from './githubIdentity';
import { PrivateSigstore } from './PrivateSigstore';
import { SigningKey, signBytes } from './signingKey';

/**
 * One layer of a `.sig` manifest: the payload and the annotations that carry
 * the signature.
 * @public
 */
export interface LegacySignature {
  payload: Buffer;
  annotations: Record<string, string>;
}

/** @public */
export const SIMPLE_SIGNING =
  'application/vnd.dev.cosign.simplesigning.v1+json';

/**
 * What `cosign sign --key` 2 writes.
 * @public
 */
export function createLegacyKeyedSignature(options: {
  key: SigningKey;
  payload: Buffer;
}): LegacySignature {
  return {
    payload: options.payload,
    annotations: {
      'dev.cosignproject.cosign/signature': signBytes(
        options.key,
        options.payload,
      ).toString('base64'),
    },
  };
}

/**
 * What `cosign sign` 2 writes for an identity: certificate and log promise in
 * annotations, and a timestamp as `--timestamp-server-url` adds it.
 * @public
 */
export async function createLegacyKeylessSignature(options: {
  sigstore: PrivateSigstore;
  identity: GithubIdentity;
  payload: Buffer;
}): Promise<LegacySignature> {
  const { sigstore, payload } = options;
  const { key, certificatePem } = await sigstore.certify(options.identity);
  const signature = signBytes(key, payload);
  const entry = await sigstore.log({
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: {
        hash: {
          algorithm: 'sha256',
          value: createHash('sha256').update(payload).digest('hex'),
        },
      },
      signature: {
        content: signature.toString('base64'),
        publicKey: { content: Buffer.from(certificatePem).toString('base64') },
      },
    },
  });
  const timestamp = await sigstore.timestamp(signature);
  return {
    payload,
    annotations: {
      'dev.cosignproject.cosign/signature': signature.toString('base64'),
      'dev.sigstore.cosign/certificate': certificatePem,
      'dev.sigstore.cosign/bundle': JSON.stringify({
        SignedEntryTimestamp: entry.signedEntryTimestamp,
        Payload: {
          body: entry.body,
          integratedTime: entry.integratedTime,
          logIndex: entry.logIndex,
          logID: entry.logId,
        },
      }),
      'dev.sigstore.cosign/rfc3161timestamp': JSON.stringify({
        SignedRFC3161Timestamp: timestamp.toString('base64'),
      }),
    },
  };
}
