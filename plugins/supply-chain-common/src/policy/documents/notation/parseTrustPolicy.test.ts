import { parseNotationTrustPolicy } from './parseTrustPolicy';
import { selectNotationTrustPolicy } from './trustPolicy';

const ACME = 'x509.subject: C=US, ST=WA, O=Acme';

function policy(overrides: object = {}): object {
  return {
    name: 'acme',
    registryScopes: ['*'],
    signatureVerification: { level: 'permissive' },
    trustStores: ['ca:acme'],
    trustedIdentities: [ACME],
    ...overrides,
  };
}

const documentOf = (...trustPolicies: object[]) =>
  JSON.stringify({ version: '1.0', trustPolicies });
const level = (signatureVerification: object) =>
  documentOf(policy({ signatureVerification }));
const skipping = (overrides: object = {}) =>
  documentOf({
    name: 'skip',
    registryScopes: ['a.example/b'],
    signatureVerification: { level: 'skip' },
    ...overrides,
  });

function problemsOf(text: string): [string, string][] {
  const parsed = parseNotationTrustPolicy(text);
  return parsed.ok
    ? []
    : parsed.problems.map(({ code, message }) => [code, message]);
}

describe('parseNotationTrustPolicy', () => {
  it('reads a policy with its level worked out', () => {
    const text = documentOf(
      policy({
        signatureVerification: {
          level: 'strict',
          override: { expiry: 'log', revocation: 'skip' },
        },
        trustStores: ['ca:acme', 'tsa:acme'],
      }),
    );
    expect(parseNotationTrustPolicy(text)).toEqual({
      ok: true,
      value: [
        {
          name: 'acme',
          registryScopes: ['*'],
          level: 'strict',
          actions: {
            integrity: 'enforce',
            authenticity: 'enforce',
            authenticTimestamp: 'enforce',
            expiry: 'log',
            revocation: 'skip',
          },
          verifyTimestamp: 'always',
          trustStores: ['ca:acme', 'tsa:acme'],
          trustedIdentities: [
            new Map([
              ['C', 'US'],
              ['ST', 'WA'],
              ['O', 'Acme'],
            ]),
          ],
        },
      ],
    });
  });

  it.each([
    ['permissive', ['integrity', 'authenticity']],
    ['audit', ['integrity']],
  ])('knows that %s enforces %s', (name, enforced) => {
    const parsed = parseNotationTrustPolicy(level({ level: name }));
    const actions = parsed.ok ? Object.entries(parsed.value[0].actions) : [];
    expect(
      actions
        .filter(([, action]) => action === 'enforce')
        .map(([validation]) => validation),
    ).toEqual(enforced);
  });

  it('reads a policy that skips repositories', () => {
    const parsed = parseNotationTrustPolicy(
      skipping({ registryScopes: ['registry.acme.example:5000/shop/web'] }),
    );
    expect(parsed.ok && parsed.value[0].actions.authenticity).toBe('skip');
  });

  // Cases 80 and 81: nobody here asks whether a certificate was revoked, so nobody may believe that somebody does.
  it.each<[string, object]>([
    ['by its level', { level: 'strict' }],
    [
      'by an override of another level',
      { level: 'permissive', override: { revocation: 'enforce' } },
    ],
    [
      'although other things are overridden',
      { level: 'strict', override: { expiry: 'log' } },
    ],
  ])(
    'case 80: refuses a policy that enforces revocation %s, and says what to write',
    (_how, signatureVerification) => {
      expect(problemsOf(level(signatureVerification))).toEqual([
        [
          'notSupportedYet',
          expect.stringContaining('write "override": { "revocation": "skip" }'),
        ],
      ]);
    },
  );

  it.each(['skip', 'log'])(
    'reads a strict policy that says of revocation: %s',
    revocation => {
      const text = level({ level: 'strict', override: { revocation } });
      expect(problemsOf(text)).toEqual([]);
    },
  );

  it.each<[string, string, string]>([
    ['it is no JSON', '{', 'JSON'],
    ['a key stands twice', '{"version":"1.0","version":"1.0"}', 'JSON'],
    [
      'it is of another version',
      JSON.stringify({ version: '2.0', trustPolicies: [policy()] }),
      'version',
    ],
    ['there is no policy', documentOf(), 'trustPolicies'],
    ['a policy has no name', documentOf(policy({ name: '' })), 'name'],
    [
      'two policies have one name',
      documentOf(policy(), policy({ registryScopes: ['a.example/b'] })),
      'expected each name once',
    ],
    [
      'two policies are for everything',
      documentOf(policy(), policy({ name: 'other' })),
      'expected each registry scope once',
    ],
    [
      'everything is not alone',
      documentOf(policy({ registryScopes: ['*', 'a.example/b'] })),
      'alone',
    ],
    [
      'there is no scope',
      documentOf(policy({ registryScopes: [] })),
      'registryScopes',
    ],
    [
      'a scope is a registry',
      documentOf(policy({ registryScopes: ['registry.acme.example'] })),
      'repository with its registry',
    ],
    [
      'a scope is a pattern',
      documentOf(policy({ registryScopes: ['registry.acme.example/*'] })),
      'repository with its registry',
    ],
    [
      'a scope has a scheme',
      documentOf(
        policy({ registryScopes: ['https://registry.acme.example/shop'] }),
      ),
      'repository with its registry',
    ],
    [
      'a scope has a tag',
      documentOf(policy({ registryScopes: ['registry.acme.example/shop:1'] })),
      'repository with its registry',
    ],
    [
      'the level is not known',
      level({ level: 'lenient' }),
      'expected one of "strict"',
    ],
    [
      'authenticity is skipped',
      level({ level: 'permissive', override: { authenticity: 'skip' } }),
      'authenticity',
    ],
    [
      'timestamps are verified sometimes',
      level({ level: 'permissive', verifyTimestamp: 'never' }),
      'verifyTimestamp',
    ],
    [
      'there is no trust store',
      documentOf(policy({ trustStores: [] })),
      'expected a trust store',
    ],
    [
      'there are timestamp authorities only',
      documentOf(policy({ trustStores: ['tsa:acme'] })),
      'expected a trust store',
    ],
    [
      'a trust store is of no type',
      documentOf(policy({ trustStores: ['acme'] })),
      'trustStores[0]',
    ],
    [
      'a trust store is of an unknown type',
      documentOf(policy({ trustStores: ['root:acme'] })),
      'trustStores[0]',
    ],
    [
      'a trust store leads elsewhere',
      documentOf(policy({ trustStores: ['ca:../acme'] })),
      'trustStores[0]',
    ],
    [
      'there is no identity',
      documentOf(policy({ trustedIdentities: [] })),
      'expected trusted identities',
    ],
    [
      'anybody is not alone',
      documentOf(policy({ trustedIdentities: ['*', ACME] })),
      'alone',
    ],
    [
      'an identity is of another kind',
      documentOf(policy({ trustedIdentities: ['email:a@b'] })),
      'x509.subject:',
    ],
    [
      'case 81: an identity is encoded',
      documentOf(
        policy({ trustedIdentities: ['x509.subject: C=US, ST=WA, O=#0403'] }),
      ),
      '=#',
    ],
    [
      'an identity is too wide',
      documentOf(policy({ trustedIdentities: ['x509.subject: C=US, ST=WA'] })),
      'expected "O"',
    ],
    [
      'two identities accept the same',
      documentOf(policy({ trustedIdentities: [ACME, `${ACME}, CN=a`] })),
      'no two accept',
    ],
    [
      'everything is skipped',
      skipping({ registryScopes: ['*'] }),
      'level "skip"',
    ],
    [
      'what is skipped is trusted',
      skipping({ trustStores: ['ca:acme'] }),
      'neither trust stores',
    ],
    [
      'what is skipped is overridden',
      skipping({
        signatureVerification: { level: 'skip', override: { expiry: 'log' } },
      }),
      'no override',
    ],
  ])('refuses a document in which %s', (_condition, text, message) => {
    expect(problemsOf(text)).toContainEqual([
      'documentValueInvalid',
      expect.stringContaining(message),
    ]);
  });

  it.each([
    ['beside a policy', documentOf(policy({ more: 1 })), 'more'],
    [
      'among overrides, as integrity never is',
      level({ level: 'permissive', override: { integrity: 'log' } }),
      'integrity',
    ],
  ])('refuses a key that is not known, %s', (_where, text, key) => {
    expect(problemsOf(text)).toEqual([
      ['documentKeyUnknown', expect.stringContaining(`unknown key "${key}"`)],
    ]);
  });
});

describe('selectNotationTrustPolicy', () => {
  const parsed = parseNotationTrustPolicy(
    documentOf(
      policy(),
      policy({ name: 'web', registryScopes: ['a.example/web'] }),
    ),
  );
  const policies = parsed.ok ? parsed.value : [];
  const select = (repository: string, from = policies) =>
    selectNotationTrustPolicy(from, repository)?.name;

  it('prefers the policy that names the repository', () => {
    expect(select('a.example/web')).toBe('web');
  });

  it('falls back on the one for everything, and on none', () => {
    expect(select('a.example/web/sub')).toBe('acme');
    expect(select('a.example/other', policies.slice(1))).toBeUndefined();
  });
});
