import { stringify } from 'yaml';
import { GITHUB_ISSUER } from '../signing';

/**
 * The policy of the world: trust roots and policies as one YAML file; keys and
 * the trusted root lie beside it.
 * @public
 */
export function policyDocuments(options: {
  /** Host of our registry, for example `127.0.0.1:7050`. */
  ownHost: string;
  vendorHost: string;
}): string {
  const own = `${options.ownHost}/**`;
  const vendor = `${options.vendorHost}/vendor/**`;
  return [...trustRoots(), ...policies(own, vendor)]
    .map(document => stringify(document, { aliasDuplicateObjects: false }))
    .join('---\n');
}

function trustRoots(): object[] {
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
  return [
    keys('acme-release-key', 'Release key of Acme', './cosign.pub'),
    {
      apiVersion: 'supply-chain/v1',
      kind: 'TrustRoot',
      metadata: { name: 'acme-ci', title: 'Release workflows of Acme' },
      spec: {
        sigstore: {
          trustedRoot: { file: './trusted_root.json' },
          transparencyLog: 'required',
          timestamps: 'required',
          signedCertificateTimestamps: 'required',
          identities: [
            {
              issuer: GITHUB_ISSUER,
              subject: {
                glob: 'https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*',
              },
              extensions: {
                sourceRepositoryUri: { glob: 'https://github.com/acme/*' },
              },
            },
          ],
        },
      },
    },
    keys('vendor-release-key', 'Release key of the vendor', './vendor.pub'),
  ];
}

function policies(own: string, vendor: string): object[] {
  const document = (metadata: object, spec: object) => ({
    apiVersion: 'supply-chain/v1',
    kind: 'SupplyChainPolicy',
    metadata,
    spec: { ...spec, mode: 'audit', ownImages: [own] },
  });
  const production = { lifecycle: ['production'] };
  const scanned = (leewayDays: number) => [
    { use: 'scan-fresh', with: { maxAgeHours: 48 } },
    {
      use: 'no-fixable-vulnerability',
      with: { severity: 'critical', leewayDays },
    },
  ];
  return [
    document(
      { name: 'default', title: 'What runs in production' },
      {
        match: {
          entities: production,
          clusters: ['*'],
          namespaces: ['*'],
          images: [own],
        },
        sourceRepositories: ['https://github.com/acme/*'],
        trust: ['acme-ci', 'acme-release-key'],
        rules: [
          { use: 'image-signed' },
          { use: 'registry-allowed', with: { allow: [own] } },
          { use: 'digest-pinned' },
          ...scanned(10),
        ],
      },
    ),
    document(
      { name: 'third-party', title: 'Images of vendors' },
      {
        match: { entities: production, images: [vendor] },
        trust: ['vendor-release-key'],
        rules: [
          { use: 'image-signed' },
          { use: 'registry-allowed', with: { allow: [vendor] } },
          { use: 'digest-pinned' },
          ...scanned(30),
        ],
      },
    ),
    document(
      { name: 'everywhere', title: 'What runs anywhere' },
      {
        match: { clusters: ['*'] },
        rules: [{ use: 'registry-allowed', with: { allow: [own, vendor] } }],
      },
    ),
  ];
}
