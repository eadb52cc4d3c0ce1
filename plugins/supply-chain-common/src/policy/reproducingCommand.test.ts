import { createHash, generateKeyPairSync } from 'node:crypto';
import { parseDigest } from '../model/digest';
import {
  SignaturePlace,
  SignatureScheme,
  TrustCheck,
} from '../model/signature';
import {
  reproducingCommand,
  ReproducingCommandOptions,
} from './reproducingCommand';
import { TrustRoot, TrustRootSpec } from './types';

const digest = parseDigest(`sha256:${'ab'.repeat(32)}`)!;
const index = parseDigest(`sha256:${'cd'.repeat(32)}`)!;
const subject = { repository: 'registry.acme.example/shop/web', digest };
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const fingerprint = `sha256:${createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex')}`;

const SIGN = 'https://sigstore.dev/cosign/sign/v1';
const ISSUER = 'https://token.actions.githubusercontent.com';
const WORKFLOW =
  'https://github.com/acme/web/.github/workflows/release.yml@refs/tags/v1';

function root(spec: TrustRootSpec): TrustRoot {
  return { name: 'acme', spec, digest: 'sha256:', warnings: [] };
}

function keys(
  overrides: Partial<Extract<TrustRootSpec, { type: 'keys' }>> = {},
): TrustRoot {
  return root({
    type: 'keys',
    keys: [{ material: { content: pem, source: '/policies/keys/acme.pub' } }],
    transparencyLog: 'none',
    timestamps: 'none',
    ...overrides,
  });
}

function sigstore(
  overrides: Partial<Extract<TrustRootSpec, { type: 'sigstore' }>> = {},
): TrustRoot {
  return root({
    type: 'sigstore',
    trustedRoot: { content: '{}', source: 'inline' },
    transparencyLog: 'required',
    timestamps: 'required',
    signedCertificateTimestamps: 'required',
    identities: [
      { issuer: ISSUER, subject: { glob: 'https://github.com/acme/**' } },
    ],
    ...overrides,
  });
}

const byKey: TrustCheck = {
  trustRoot: 'acme',
  status: 'verified',
  signer: { type: 'key', fingerprint },
};
const byWorkflow: TrustCheck = {
  trustRoot: 'acme',
  status: 'verified',
  signer: {
    type: 'identity',
    issuer: ISSUER,
    subject: WORKFLOW,
    extensions: {
      githubWorkflowRef: 'refs/tags/v1',
      sourceRepositoryUri: 'https://github.com/acme/web',
    },
  },
};

const contentTrust = root({
  type: 'contentTrust',
  server: 'https://notary.acme.example',
  pins: [],
  trustOnFirstUse: true,
});
const signedTag = {
  scheme: 'contentTrust' as const,
  kind: 'signature' as const,
  foundIn: 'contentTrust' as const,
  covers: digest,
  signedTag: { role: 'targets', tag: '1.0.0', digest },
};

function command(overrides: Partial<ReproducingCommandOptions>) {
  return reproducingCommand({
    subject,
    statement: {
      scheme: 'cosign',
      kind: 'signature',
      predicateType: SIGN,
      foundIn: 'referrers',
      covers: digest,
    },
    check: byKey,
    trustRoot: keys(),
    ...overrides,
  });
}

describe('reproducingCommand', () => {
  it('names the key by its file alone and the exact digest', () => {
    expect(command({})).toEqual({
      command: [
        'cosign',
        'verify',
        '--key',
        'acme.pub',
        '--insecure-ignore-tlog',
        `${subject.repository}@${digest}`,
      ],
      notChecked: ['statementType'],
    });
  });

  it('names the digest of the index when that is what is signed', () => {
    const statement = {
      scheme: 'cosign' as const,
      kind: 'signature' as const,
      foundIn: 'sigTag' as const,
      covers: index,
    };
    const result = command({ statement });
    expect(result?.command).toContain(`${subject.repository}@${index}`);
    // A simple signing payload cannot be taken for anything else.
    expect(result?.notChecked).toEqual([]);
  });

  // What cosign 3.1.3 answered to each is in the tests that run it, in the module that reads its signatures.
  it.each<[SignaturePlace, string[]]>([
    ['sigTag', ['--new-bundle-format=false']],
    ['referrers', ['--new-bundle-format=false', '--experimental-oci11']],
    ['fallbackTag', ['--new-bundle-format=false', '--experimental-oci11']],
  ])('asks for the old format where it was found: %s', (foundIn, flags) => {
    const result = command({
      statement: { scheme: 'cosign', kind: 'signature', foundIn },
    });
    expect(result?.command.slice(5)).toEqual([
      ...flags,
      `${subject.repository}@${digest}`,
    ]);
  });

  it.each<[string, SignaturePlace, string | undefined, string[]]>([
    ['a bundle', 'referrers', SIGN, []],
    ['a bundle, whose tag has no prefix', 'fallbackTag', SIGN, []],
    [
      'the old format',
      'sigTag',
      undefined,
      ['--new-bundle-format=false', '--attachment-tag-prefix', 'team-a.'],
    ],
  ])(
    'names the repository where that is not the one of the image: %s',
    (_, foundIn, predicateType, flags) => {
      const result = command({
        statement: {
          scheme: 'cosign',
          kind: 'signature',
          predicateType,
          foundIn,
          elsewhere: {
            repository: 'registry.acme.example/acme/signatures',
            tagPrefix: 'team-a.',
          },
          covers: digest,
        },
      });
      expect(result?.command).toEqual([
        'env',
        'COSIGN_REPOSITORY=registry.acme.example/acme/signatures',
        ...['cosign', 'verify', '--key', 'acme.pub', '--insecure-ignore-tlog'],
        ...flags,
        `${subject.repository}@${digest}`,
      ]);
    },
  );

  it('says what the client does not know of keys', () => {
    const result = command({
      trustRoot: keys({
        keys: [
          { material: { content: 'damaged', source: 'inline' } },
          {
            material: { content: pem, source: 'inline' },
            notAfter: '2027-01-01T00:00:00Z',
          },
        ],
        transparencyLog: 'required',
        timestamps: 'required',
        trustedRoot: { content: '{}', source: './root.json' },
      }),
    });
    expect(result).toEqual({
      command: [
        'cosign',
        'verify',
        '--key',
        'cosign.pub',
        '--trusted-root',
        'root.json',
        `${subject.repository}@${digest}`,
      ],
      notChecked: ['statementType', 'keyValidity', 'timestamps'],
    });
  });

  it('names the exact identity, never the pattern of the trust root', () => {
    expect(command({ check: byWorkflow, trustRoot: sigstore() })).toEqual({
      command: [
        'cosign',
        'verify',
        '--trusted-root',
        'trusted_root.json',
        '--certificate-identity',
        WORKFLOW,
        '--certificate-oidc-issuer',
        ISSUER,
        `${subject.repository}@${digest}`,
      ],
      notChecked: ['statementType'],
    });
  });

  it('says which requirements the client cannot repeat', () => {
    const trustRoot = sigstore({
      transparencyLog: 'whenPresent',
      signedCertificateTimestamps: 'whenPresent',
      identities: [
        {
          issuer: ISSUER,
          subject: WORKFLOW,
          extensions: { sourceRepositoryUri: 'https://github.com/acme/web' },
        },
      ],
    });
    const result = command({ check: byWorkflow, trustRoot });
    expect(result?.command).toEqual(
      expect.arrayContaining([
        '--insecure-ignore-sct',
        '--insecure-ignore-tlog',
      ]),
    );
    expect(result?.notChecked).toEqual([
      'statementType',
      'extensions',
      'signedCertificateTimestamps',
      'transparencyLog',
    ]);
  });

  it('uses the flags the client has for extensions of its old format', () => {
    const trustRoot = sigstore({
      identities: [
        {
          issuer: ISSUER,
          subject: WORKFLOW,
          extensions: { githubWorkflowRef: { glob: 'refs/tags/*' } },
        },
      ],
    });
    const result = command({
      check: byWorkflow,
      trustRoot,
      statement: { scheme: 'cosign', kind: 'signature', foundIn: 'sigTag' },
    });
    expect(result?.command).toEqual(
      expect.arrayContaining([
        '--certificate-github-workflow-ref',
        'refs/tags/v1',
        `${subject.repository}@${digest}`,
      ]),
    );
    expect(result?.notChecked).toEqual([]);
  });

  it('asks for no issuer where the certificate has none', () => {
    const result = command({
      check: {
        ...byWorkflow,
        signer: { type: 'identity', subject: WORKFLOW, extensions: {} },
      },
      trustRoot: sigstore({ signedCertificateTimestamps: 'none' }),
    });
    expect(result?.command).toEqual(
      expect.arrayContaining(['--certificate-oidc-issuer-regexp', '^$']),
    );
  });

  it('asks the client of the Notary Project for the exact digest', () => {
    const statement = {
      scheme: 'notation' as const,
      kind: 'signature' as const,
      foundIn: 'referrers' as const,
      covers: index,
    };
    expect(command({ statement })).toEqual({
      command: ['notation', 'verify', `${subject.repository}@${index}`],
      notChecked: ['ownTrustPolicy'],
    });
  });

  it('asks the Notary server for the tag that counted', () => {
    expect(command({ statement: signedTag, trustRoot: contentTrust })).toEqual({
      command: [
        'notary',
        '-s',
        'https://notary.acme.example',
        'lookup',
        subject.repository,
        '1.0.0',
      ],
      notChecked: ['rootPin', 'digestComparison'],
    });
  });

  it.each<[string, Partial<ReproducingCommandOptions>]>([
    [
      'an attestation',
      {
        statement: {
          scheme: 'cosign',
          kind: 'attestation',
          foundIn: 'referrers',
        },
      },
    ],
    [
      'a scheme nobody knows',
      {
        statement: {
          scheme: 'pgp' as SignatureScheme,
          kind: 'signature',
          foundIn: 'referrers',
        },
      },
    ],
    [
      'a tag of content trust under a root of another kind',
      { statement: signedTag },
    ],
    [
      'content trust without the tag it signs',
      {
        trustRoot: contentTrust,
        statement: { ...signedTag, signedTag: undefined },
      },
    ],
    [
      'a check that did not verify',
      { check: { ...byKey, status: 'invalid', reason: 'signatureMismatch' } },
    ],
    ['a check without signer', { check: { ...byKey, signer: undefined } }],
    ['a signer the trust root cannot have', { trustRoot: sigstore() }],
  ])('offers nothing for %s', (_condition, overrides) => {
    expect(command(overrides)).toBeUndefined();
  });
});
