import { GITHUB_ISSUER } from '../signing';

const WORKFLOWS = 'https://github.com/acme/*/.github/workflows';
const ISOLATED_BUILDER =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/*';

function identity(subject: string, sourceRepositoryUri: string): object {
  return {
    issuer: GITHUB_ISSUER,
    subject: { glob: subject },
    extensions: { sourceRepositoryUri: { glob: sourceRepositoryUri } },
  };
}

/** The trust roots of the world; keys, certificates and the trusted root lie beside the file. */
export function trustRootDocuments(contentTrust: {
  server: string;
  /** By the name of the collection. */
  rootKeyIds: Record<string, string>;
}): object[] {
  const keys = (name: string, title: string, file: string) => ({
    apiVersion: 'supply-chain/v1',
    kind: 'TrustRoot',
    metadata: { name, title },
    spec: {
      keys: [{ file }],
      // Key-based signing in the sandbox writes no log entry.
      transparencyLog: 'none',
      timestamps: 'none',
    },
  });
  const sigstore = (name: string, title: string, identities: object[]) => ({
    apiVersion: 'supply-chain/v1',
    kind: 'TrustRoot',
    metadata: { name, title },
    spec: {
      sigstore: {
        trustedRoot: { file: './trusted_root.json' },
        transparencyLog: 'required',
        timestamps: 'required',
        signedCertificateTimestamps: 'required',
        identities,
      },
    },
  });
  return [
    keys('acme-release-key', 'Release key of Acme', './cosign.pub'),
    sigstore('acme-ci', 'Release workflows of Acme', [
      identity(
        `${WORKFLOWS}/release.yml@refs/tags/*`,
        'https://github.com/acme/*',
      ),
    ]),
    sigstore('acme-builders', 'Build platforms of Acme', [
      identity(
        `${WORKFLOWS}/build.yml@refs/tags/*`,
        'https://github.com/acme/*',
      ),
      // Whoever calls the builder: what was built is for the policy to compare.
      identity(ISOLATED_BUILDER, 'https://github.com/*/*'),
    ]),
    {
      apiVersion: 'supply-chain/v1',
      kind: 'TrustRoot',
      metadata: { name: 'acme-content-trust', title: 'Content trust of Acme' },
      spec: {
        contentTrust: {
          server: contentTrust.server,
          pins: Object.fromEntries(
            Object.entries(contentTrust.rootKeyIds).map(([gun, id]) => [
              gun,
              { rootKeyIds: [id] },
            ]),
          ),
        },
      },
    },
    {
      apiVersion: 'supply-chain/v1',
      kind: 'TrustRoot',
      metadata: { name: 'acme-notation', title: 'Certificates of Acme' },
      spec: {
        notation: {
          trustPolicy: { file: './trustpolicy.json' },
          trustStores: {
            'ca:acme': [{ file: './acme-ca.crt' }],
            'tsa:acme': [{ file: './acme-tsa.crt' }],
          },
        },
      },
    },
    keys('vendor-release-key', 'Release key of the vendor', './vendor.pub'),
  ];
}
