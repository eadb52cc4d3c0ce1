import { createHash } from 'node:crypto';
import type { SigstoreTrustRoot } from 'backstage-plugin-supply-chain-node/trust';
import { SignedImages } from './signedImages';

/** The trust root of the key: no log, as such signatures have none. */
export function keyedRoot(images: SignedImages): SigstoreTrustRoot {
  return toRoot('keyed', {
    type: 'keys',
    keys: [{ material: { content: images.publicKeyPem, source: 'key.pub' } }],
    transparencyLog: 'none',
    timestamps: 'none',
  });
}

/** The trust root of the workflow, with everything required (L14). */
export function keylessRoot(images: SignedImages): SigstoreTrustRoot {
  return toRoot('keyless', {
    type: 'sigstore',
    trustedRoot: { content: images.trustedRoot, source: 'trusted_root.json' },
    transparencyLog: 'required',
    timestamps: 'required',
    signedCertificateTimestamps: 'required',
    identities: [{ issuer: images.issuer, subject: images.identity }],
  });
}

function toRoot(
  name: string,
  spec: SigstoreTrustRoot['spec'],
): SigstoreTrustRoot {
  const hash = createHash('sha256').update(JSON.stringify(spec)).digest('hex');
  return { name, spec, digest: `sha256:${hash}`, warnings: [] };
}
