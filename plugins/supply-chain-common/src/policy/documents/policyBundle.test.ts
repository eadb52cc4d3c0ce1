import { canonicalDigest } from '../../json/canonicalDigest';
import {
  parsePolicyBundle,
  PolicyBundle,
  policySetFromBundles,
} from './policyBundle';
import { tufFileNames } from './tufReference';

const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtZ7qglBlpVGKGyBWbME+ml25wrDW
MVLjdB7WwWTj5tojZD22ZPvMd4QivsgKggP788Bnx+EG+gOo4lf8k4JwQg==
-----END PUBLIC KEY-----
`;
const root = (name: string, file = 'cosign.pub') =>
  `apiVersion: supply-chain/v1\nkind: TrustRoot\nmetadata: { name: ${name} }\nspec: { keys: [{ file: ${file} }], transparencyLog: none }\n`;
const policy = (name: string, trust = 'release') =>
  `apiVersion: supply-chain/v1\nkind: SupplyChainPolicy\nmetadata: { name: ${name} }\nspec: { trust: [${trust}], rules: [{ use: image-signed }] }\n`;
const bundle = (
  text: string,
  overrides: Partial<PolicyBundle> = {},
): PolicyBundle => ({
  source: 'policy.yaml',
  fromUrl: false,
  text,
  files: {
    'cosign.pub': PEM,
    'copy.pub': PEM,
    'other.pub': PEM.replace('MFkw', 'MFkx'),
  },
  ...overrides,
});

function build(...bundles: PolicyBundle[]) {
  const result = policySetFromBundles(bundles);
  if (!result.ok) {
    throw new Error(JSON.stringify(result.problems));
  }
  return result.policySet;
}

describe('policySetFromBundles', () => {
  it('joins sources; their order changes nothing (L20)', () => {
    const roots = bundle(root('release'), { source: 'roots.yaml' });
    const policies = bundle(`${policy('b')}---\n${policy('a')}`);
    const set = build(roots, policies);
    expect(set.policies.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(build(policies, roots)).toEqual(set);
  });

  it('digests content: neither paths nor form, but every byte of the files (L20)', () => {
    const digest = (file: string) =>
      build(bundle(`${root('release', file)}---\n${policy('a')}`)).policies[0]
        .digest;
    expect(digest('copy.pub')).toBe(digest('cosign.pub'));
    expect(digest('other.pub')).not.toBe(digest('cosign.pub'));
  });

  it('does not let other trust roots change the digest of a policy', () => {
    const before = build(bundle(`${root('release')}---\n${policy('a')}`));
    const after = build(
      bundle(`${root('release')}---\n${policy('a')}---\n${root('vendor')}`),
    );
    expect(after.policies[0].digest).toBe(before.policies[0].digest);
    expect(after.digest).not.toBe(before.digest);
  });

  it('digests a trust root as its content says', () => {
    const [release] = build(bundle(root('release'))).trustRoots;
    expect(release.digest).toBe(
      canonicalDigest({
        name: 'release',
        spec: {
          type: 'keys',
          keys: [{ material: PEM }],
          transparencyLog: 'none',
          timestamps: 'none',
        },
      }),
    );
  });

  // prettier-ignore

  it.each<[string, PolicyBundle[], string]>([
    ['a name stands twice in two sources (L28)', [bundle(root('release')), bundle(root('release'), { source: 'more.yaml' })], 'documentNameDuplicate'],
    ['a policy stands twice', [bundle(`${root('release')}---\n${policy('a')}---\n${policy('a')}`)], 'documentNameDuplicate'],
    ['a trust root does not exist (L12)', [bundle(`${root('release')}---\n${policy('a', 'relase')}`)], 'trustRootMissing'],
    ['a file is not part of the bundle', [bundle(root('release'), { files: {} })], 'documentFileMissing'],
    ['a document is wrong', [bundle('a: [')], 'documentMalformed'],
  ])('refuses when %s', (_condition, bundles, code) => {
    const result = policySetFromBundles(bundles);
    expect(result).toMatchObject({ ok: false, problems: [{ code }] });
  });

  it('takes a policy without trust, and one name for two kinds', () => {
    const text = `apiVersion: supply-chain/v1\nkind: SupplyChainPolicy\nmetadata: { name: release }\nspec: { rules: [{ use: scan-fresh }] }\n`;
    expect(
      build(bundle(`${text}---\n${root('release')}`)).policies,
    ).toHaveLength(1);
  });

  it('names the document and what was probably meant', () => {
    const result = policySetFromBundles([
      bundle(`${root('release')}---\n${policy('a', 'relase')}`),
    ]);
    expect(result).toMatchObject({
      problems: [
        {
          source: 'policy.yaml',
          line: 6,
          path: 'spec.trust',
          message: 'there is no trust root "relase". Did you mean "release"?',
        },
      ],
    });
  });

  it('keeps the documents of each source apart for those who show them', () => {
    expect(parsePolicyBundle(bundle(root('release')))).toMatchObject({
      ok: true,
      documents: [{ kind: 'TrustRoot', source: 'policy.yaml' }],
    });
  });
});

describe('a trusted root from a TUF repository', () => {
  const mirror = 'https://tuf.acme.example';
  const text = `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-ci }
spec:
  sigstore:
    trustedRoot: { tuf: { mirror: ${mirror}/, root: { file: ./root.json } } }
    identities: [{ issuer: none, subject: ci@acme.example }]
`;
  const initial = '{"signed":{}}';
  const trustedRoot = (log: string) =>
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [log],
    });
  const receipt = {
    checkedAt: '2026-11-25T12:00:00.000Z',
    expiresAt: '2026-12-01T00:00:00.000Z',
    metadata: { root: initial },
  };
  const names = tufFileNames({ mirror, root: initial });
  const fetched = (content: string, checked: object = receipt) =>
    bundle(text, {
      files: {
        'root.json': initial,
        [names.content]: content,
        [names.receipt]: JSON.stringify(checked),
      },
    });

  it('is taken from the bundle, with what the mirror said of it', () => {
    const [{ spec }] = build(fetched(trustedRoot('a'))).trustRoots;
    expect(spec).toMatchObject({
      trustedRoot: {
        content: trustedRoot('a'),
        source: mirror,
        tuf: {
          mirror,
          checkedAt: receipt.checkedAt,
          expiresAt: receipt.expiresAt,
        },
      },
    });
  });

  it('changes the digest of the root with its content, and not with a later check', () => {
    const digest = (content: string, checkedAt = receipt.checkedAt) =>
      build(fetched(content, { ...receipt, checkedAt })).trustRoots[0].digest;
    const before = digest(trustedRoot('a'));
    expect(digest(trustedRoot('b'))).not.toBe(before);
    expect(digest(trustedRoot('a'), '2026-11-26T12:00:00.000Z')).toBe(before);
    const inFile = bundle(
      text.replace(/\{ tuf: .* \}$/m, '{ file: ./trusted_root.json }'),
      { files: { 'trusted_root.json': trustedRoot('a') } },
    );
    expect(build(inFile).trustRoots[0].digest).toBe(before);
  });

  it.each([
    ['nothing was fetched', bundle(text, { files: { 'root.json': initial } })],
    [
      'the initial root is another than the one it was fetched with',
      {
        ...fetched(trustedRoot('a')),
        files: { ...fetched(trustedRoot('a')).files, 'root.json': '{}' },
      },
    ],
    ['the receipt is damaged', fetched(trustedRoot('a'), { metadata: null })],
  ])('does not load when %s', (_condition, stored) => {
    expect(parsePolicyBundle(stored)).toMatchObject({
      ok: false,
      problems: [{ code: 'tufUnreachable' }],
    });
  });
});
