import { createHash } from 'node:crypto';
import {
  IdentityPattern,
  Requirement,
} from 'backstage-plugin-supply-chain-common';
import {
  compileTrustRoot,
  SigstoreTrustRoot,
} from 'backstage-plugin-supply-chain-node/trust';
import { NamedTrustRoot } from '../verify';

function document(
  name: string,
  spec: SigstoreTrustRoot['spec'],
): SigstoreTrustRoot {
  const digest = createHash('sha256')
    .update(JSON.stringify(spec))
    .digest('hex');
  return { name, spec, digest: `sha256:${digest}`, warnings: [] };
}

/** A trust root of one key. */
export function keyRoot(options: {
  name?: string;
  pem: string;
  transparencyLog?: Requirement;
  timestamps?: Requirement;
  trustedRoot?: string;
  notBefore?: string;
  notAfter?: string;
}): SigstoreTrustRoot {
  const { pem, trustedRoot, notBefore, notAfter } = options;
  return document(options.name ?? 'key', {
    type: 'keys',
    keys: [
      {
        material: { content: pem, source: 'cosign.pub' },
        ...(notBefore && { notBefore }),
        ...(notAfter && { notAfter }),
      },
    ],
    transparencyLog: options.transparencyLog ?? 'none',
    timestamps: options.timestamps ?? 'none',
    ...(trustedRoot && {
      trustedRoot: { content: trustedRoot, source: 'trusted_root.json' },
    }),
  });
}

/** A trust root of identities. */
export function sigstoreRoot(options: {
  name?: string;
  trustedRoot: string;
  identities: IdentityPattern[];
  transparencyLog?: Requirement;
  timestamps?: Requirement;
  signedCertificateTimestamps?: Requirement;
}): SigstoreTrustRoot {
  return document(options.name ?? 'sigstore', {
    type: 'sigstore',
    trustedRoot: { content: options.trustedRoot, source: 'trusted_root.json' },
    transparencyLog: options.transparencyLog ?? 'required',
    timestamps: options.timestamps ?? 'required',
    signedCertificateTimestamps:
      options.signedCertificateTimestamps ?? 'required',
    identities: options.identities,
  });
}

/** Compiles trust roots as the collector does. */
export function named(...roots: SigstoreTrustRoot[]): NamedTrustRoot[] {
  return roots.map(root => ({
    name: root.name,
    compiled: compileTrustRoot(root),
  }));
}
