import { generateKeyPairSync } from 'node:crypto';
import {
  Evidence,
  MergedImage,
  publicKeyFingerprint,
  Signer,
  TrustRoot,
  TrustRootSpec,
} from 'backstage-plugin-supply-chain-common';
import { acceptedAs } from './acceptedAs';

const ISSUER = 'https://token.actions.githubusercontent.com';
const WORKFLOW =
  'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1';
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

const workflow: Signer = {
  type: 'identity',
  issuer: ISSUER,
  subject: WORKFLOW,
  extensions: { sourceRepositoryUri: 'https://github.com/acme/web' },
};
const key: Signer = { type: 'key', fingerprint: publicKeyFingerprint(pem)! };

const identities: TrustRootSpec = {
  type: 'sigstore',
  trustedRoot: { content: '{}', source: 'trusted_root.json' },
  transparencyLog: 'required',
  timestamps: 'required',
  signedCertificateTimestamps: 'required',
  identities: [
    { issuer: ISSUER, subject: 'https://github.com/acme/other/ci.yml@main' },
    {
      issuer: ISSUER,
      subject: { glob: 'https://github.com/acme/**' },
      extensions: {
        sourceRepositoryUri: { glob: 'https://github.com/acme/*' },
      },
    },
    { issuer: ISSUER, subject: { glob: 'https://github.com/**' } },
  ],
};
const keys: TrustRootSpec = {
  type: 'keys',
  keys: [
    { material: { content: 'another', source: 'other.pub' } },
    {
      material: { content: pem, source: 'acme.pub' },
      notAfter: '2027-01-01T00:00:00Z',
    },
  ],
  transparencyLog: 'none',
  timestamps: 'none',
};

function accepted(options: {
  spec: TrustRootSpec;
  signer: Signer;
  status?: 'verified' | 'invalid';
  kind?: 'signature' | 'attestation';
  isSigned?: boolean;
}) {
  const { spec, signer, status = 'verified', kind = 'signature' } = options;
  const trustRoot: TrustRoot = {
    name: 'acme',
    spec,
    digest: 'sha256:',
    warnings: [],
  };
  return acceptedAs({
    image: {
      signature: {
        status: options.isSigned === false ? 'unsigned' : 'verified',
        scheme: 'cosign',
        trustRoot: 'acme',
        relation: 'exact',
      },
    } as MergedImage,
    evidence: [
      {
        kind: 'signature',
        detail: {
          scheme: 'cosign',
          trail: [],
          statements: [
            {
              scheme: 'cosign',
              kind,
              relation: 'exact',
              checks: [{ trustRoot: 'acme', status, signer }],
            },
          ],
        },
      } as unknown as Evidence,
    ],
    trustRoots: [{ ...trustRoot, name: 'elsewhere' }, trustRoot],
  });
}

it('is the first identity that the signer matches', () => {
  expect(accepted({ spec: identities, signer: workflow })).toEqual({
    kind: 'identity',
    name: 'https://github.com/acme/**',
    match: 'glob',
    issuer: ISSUER,
    extensions: ['sourceRepositoryUri: https://github.com/acme/*'],
  });
});

it('is the key, with its period', () => {
  expect(accepted({ spec: keys, signer: key })).toEqual({
    kind: 'key',
    name: key.fingerprint,
    notAfter: '2027-01-01T00:00:00Z',
  });
});

it.each<[string, Parameters<typeof accepted>[0]]>([
  ['no signature counted', { spec: keys, signer: key, isSigned: false }],
  ['the check failed', { spec: keys, signer: key, status: 'invalid' }],
  ['it only attests', { spec: keys, signer: key, kind: 'attestation' }],
  ['the trust root no longer holds it', { spec: identities, signer: key }],
  [
    'it names authorities and no signers',
    {
      spec: {
        type: 'contentTrust',
        server: 'https://notary.acme.example',
        pins: [],
        trustOnFirstUse: true,
      },
      signer: key,
    },
  ],
])('is nothing when %s', (_condition, options) => {
  expect(accepted(options)).toBeUndefined();
});
