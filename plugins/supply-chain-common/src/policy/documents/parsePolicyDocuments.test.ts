import { parsePolicyDocuments } from './parsePolicyDocuments';

const PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtZ7qglBlpVGKGyBWbME+ml25wrDW
MVLjdB7WwWTj5tojZD22ZPvMd4QivsgKggP788Bnx+EG+gOo4lf8k4JwQg==
-----END PUBLIC KEY-----
`;
const TRUSTED_ROOT = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
});
const FILES: Record<string, string> = {
  'cosign.pub': PEM,
  'keys/other.pub': PEM,
  'trusted_root.json': TRUSTED_ROOT,
  'private.key':
    '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAA==\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----',
  'broken.json': '{',
  'list.json': '[]',
  'null.json': 'null',
};

function parse(text: string, options: { fromUrl?: boolean } = {}) {
  return parsePolicyDocuments({
    text,
    source: 'policy.yaml',
    fromUrl: options.fromUrl ?? false,
    readFile: path =>
      Object.hasOwn(FILES, path)
        ? { ok: true, content: FILES[path] }
        : { ok: false, message: 'no such file' },
  });
}

function problems(text: string, options: { fromUrl?: boolean } = {}) {
  const result = parse(text, options);
  return result.ok ? [] : result.problems;
}

const document = (kind: string, spec: string, name = 'default') =>
  `apiVersion: supply-chain/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const trustRoot = (spec: string) => document('TrustRoot', spec);
const policy = (spec: string) => document('SupplyChainPolicy', spec);
const sigstore = (identity: string, rest = '') =>
  trustRoot(
    `{ sigstore: { trustedRoot: { file: trusted_root.json }, identities: [${identity}]${rest} } }`,
  );
const tuf = (reference: string) =>
  trustRoot(
    `{ sigstore: { trustedRoot: { tuf: ${reference} }, identities: [{ issuer: none, subject: x }] } }`,
  );
const GITHUB = 'https://token.actions.githubusercontent.com';
const identity = (issuer: string, subject: string, extensions = '') =>
  `{ issuer: ${issuer}, subject: ${subject}${extensions} }`;

describe('policy documents', () => {
  it('load as the contract writes them', () => {
    const result = parse(`
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-ci, title: The pipeline }
spec:
  sigstore:
    trustedRoot: { file: ./trusted_root.json }
    transparencyLog: required
    identities:
      - issuer: ${GITHUB}
        subject: { glob: "https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*" }
        extensions: { sourceRepositoryUri: https://github.com/acme/payments }
---
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-release-key }
spec:
  keys: [{ file: ./keys/../cosign.pub, notAfter: 2027-01-01 }, { inline: "${PEM.replace(
    /\n/g,
    '\\n',
  )}" }]
  transparencyLog: none
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default, title: What runs in production }
spec:
  match: { entities: { lifecycle: [production], owner: [team-edge] }, clusters: ["*"], namespaces: ["*"], images: ["registry.acme.example/**"] }
  mode: enforce
  onUnknown: warn
  ownImages: ["registry.acme.example/**"]
  platformImages: []
  sourceRepositories: ["https://github.com/acme/*"]
  trust: { atLeast: 2, of: [acme-ci, acme-release-key] }
  rules:
    - use: image-signed
    - use: registry-allowed
      with: { allow: ["registry.acme.example/**"] }
    - { id: critical, use: no-fixable-vulnerability, with: { leewayDays: 10 }, title: Fix it, severity: low, effectiveOn: 2026-12-01 }
---
`);
    expect(result).toMatchObject({
      ok: true,
      documents: [
        {
          kind: 'TrustRoot',
          line: 2,
          trustRoot: {
            name: 'acme-ci',
            title: 'The pipeline',
            warnings: [],
            spec: {
              type: 'sigstore',
              trustedRoot: {
                content: TRUSTED_ROOT,
                source: 'trusted_root.json',
              },
              transparencyLog: 'required',
              timestamps: 'whenPresent',
              signedCertificateTimestamps: 'required',
            },
          },
        },
        {
          trustRoot: {
            spec: {
              type: 'keys',
              keys: [
                {
                  material: { content: PEM, source: 'cosign.pub' },
                  notAfter: '2027-01-01T00:00:00.000Z',
                },
                { material: { content: PEM, source: 'policy.yaml' } },
              ],
              transparencyLog: 'none',
              timestamps: 'none',
            },
          },
        },
        {
          kind: 'SupplyChainPolicy',
          policy: {
            name: 'default',
            mode: 'enforce',
            onUnknown: 'warn',
            trust: {
              type: 'atLeast',
              count: 2,
              of: ['acme-ci', 'acme-release-key'],
            },
            rules: [
              {
                use: 'image-signed',
                id: 'image-signed',
                severity: 'critical',
                with: { allowViaIndex: true, allowFirstUse: false },
              },
              { use: 'registry-allowed' },
              {
                use: 'no-fixable-vulnerability',
                id: 'critical',
                severity: 'low',
                effectiveOn: '2026-12-01T00:00:00.000Z',
                with: {
                  severity: 'critical',
                  leewayDays: 10,
                  since: 'firstFixable',
                },
              },
            ],
          },
        },
      ],
    });
  });

  // prettier-ignore

  it.each<[string, string]>([
    ['audit, deny and every image', '{ rules: [{ use: scan-fresh }] }'],
    ['any of several roots', '{ trust: [a, b], rules: [{ use: image-signed }] }'],
    ['all of several roots', '{ trust: { all: [a, b] }, rules: [{ use: digest-pinned }] }'],
  ])('take %s', (_condition, spec) => {
    expect(parse(policy(spec))).toMatchObject({
      ok: true,
      documents: [{ policy: { mode: 'audit', onUnknown: 'deny', match: {} } }],
    });
  });

  it('take a trusted root inline, as text or as a mapping, and beside keys', () => {
    const inline = `{ mediaType: application/vnd.dev.sigstore.trustedroot+json }`;
    const text = trustRoot(
      `{ keys: [{ file: cosign.pub }], trustedRoot: { inline: ${inline} } }`,
    );
    expect(parse(text)).toMatchObject({
      documents: [{ trustRoot: { spec: { transparencyLog: 'required' } } }],
    });
    const quoted = trustRoot(
      `{ keys: [{ file: cosign.pub }], trustedRoot: { inline: '${TRUSTED_ROOT}' } }`,
    );
    expect(parse(quoted).ok).toBe(true);
  });

  it('are none in an empty text', () => {
    expect(parse('')).toEqual({ ok: true, documents: [] });
    expect(parse('---\n---\n# nothing\n')).toEqual({ ok: true, documents: [] });
  });

  it('warn of a workflow that anybody may call (L15)', () => {
    const subject = '{ glob: "https://github.com/acme/**" }';
    const warnings = (text: string) => {
      const result = parse(text);
      const [first] = result.ok ? result.documents : [];
      return first?.kind === 'TrustRoot'
        ? first.trustRoot.warnings.map(({ code }) => code)
        : result;
    };
    expect(warnings(sigstore(identity(GITHUB, subject)))).toEqual([
      'reusableWorkflowOpen',
    ]);
    const extensions =
      ', extensions: { sourceRepositoryUri: https://github.com/acme/web }';
    expect(warnings(sigstore(identity(GITHUB, subject, extensions)))).toEqual(
      [],
    );
    expect(warnings(sigstore(identity('none', subject)))).toEqual([]);
  });
});

describe('a document is refused', () => {
  // prettier-ignore
  it.each<[string, string, string, string | undefined]>([
    ['it is no YAML', 'a: [', 'documentMalformed', undefined],
    ['a tag is not of YAML 1.2 core', 'a: !!js/function x', 'documentMalformed', undefined],
    ['a key stands twice', 'a: 1\na: 2', 'documentKeyDuplicate', undefined],
    ['it has an anchor', 'a: &x 1', 'documentAliasNotAllowed', undefined],
    ['it has an alias', 'a: &x 1\nb: *x', 'documentAliasNotAllowed', undefined],
    ['it names no version', 'kind: TrustRoot', 'documentKindUnknown', 'apiVersion'],
    ['it is a list', '- 1', 'documentKindUnknown', 'apiVersion'],
    ['it is a text', 'hello', 'documentKindUnknown', 'apiVersion'],
    ['its version is another', 'apiVersion: supply-chain/v2\nkind: TrustRoot', 'documentKindUnknown', 'apiVersion'],
    ['its kind is not known', document('TrustRot', '{}'), 'documentKindUnknown', 'kind'],
    ['its kind is no text', 'apiVersion: supply-chain/v1\nkind: 7', 'documentKindUnknown', 'kind'],
    ['a waiver is empty', document('Waiver', '{}'), 'documentValueInvalid', 'spec.rule'],
    ['it has no name', 'apiVersion: supply-chain/v1\nkind: TrustRoot\nspec: {}', 'documentValueInvalid', 'metadata'],
    ['its name is none', document('TrustRoot', '{}', 'A/B'), 'documentValueInvalid', 'metadata.name'],
    ['a key is not known', policy('{ rule: [], rules: [{ use: image-signed }] }'), 'documentKeyUnknown', 'spec.rule'],
    ['the merge key stands for itself', policy('{ <<: { mode: audit }, rules: [{ use: image-signed }] }'), 'documentKeyUnknown', 'spec.<<'],
    ['a key is named like a prototype', policy('{ __proto__: { mode: audit }, rules: [{ use: image-signed }] }'), 'documentKeyUnknown', 'spec.__proto__'],
    ['a key beside spec is not known', `${policy('{ rules: [{ use: image-signed }] }')}status: {}`, 'documentKeyUnknown', 'status'],
    ['a value is of another type', policy('{ mode: 7, rules: [{ use: image-signed }] }'), 'documentValueInvalid', 'spec.mode'],
    ['a value is not one of the list', policy('{ mode: adit, rules: [{ use: image-signed }] }'), 'documentValueInvalid', 'spec.mode'],
    ['there are no rules', policy('{ rules: [] }'), 'documentValueInvalid', 'spec.rules'],
    ['spec is missing', 'apiVersion: supply-chain/v1\nkind: SupplyChainPolicy\nmetadata: { name: x }', 'documentValueInvalid', 'spec'],
    ['a rule is not known', policy('{ rules: [{ use: image-singed }] }'), 'ruleUnknown', 'spec.rules[0].use'],
    ['a rule is named like a method of objects', policy('{ rules: [{ use: toString }] }'), 'ruleUnknown', 'spec.rules[0].use'],
    ['a rule is an expression', policy('{ rules: [{ id: x, expression: "true" }] }'), 'documentValueInvalid', 'spec.rules[0].title'],
    ['an expression is not valid', policy('{ rules: [{ id: x, title: X, message: X, expression: "imag.tag == 1" }] }'), 'expressionInvalid', 'spec.rules[0].expression'],
    ['an expression is too large', policy(`{ rules: [{ id: x, title: X, message: X, expression: "${'('.repeat(40)}" }] }`), 'expressionTooLarge', 'spec.rules[0].expression'],
    ['a rule is an expression and a built-in rule', policy('{ rules: [{ id: x, title: X, message: X, expression: "true", use: image-signed }] }'), 'documentKeyUnknown', 'spec.rules[0].use'],
    ['an expression has the id of a built-in rule', policy('{ rules: [{ id: image-signed, title: X, message: X, expression: "true" }] }'), 'documentValueInvalid', 'spec.rules[0].id'],
    ['a rule has an unknown key', policy('{ rules: [{ use: image-signed, sverity: low }] }'), 'documentKeyUnknown', 'spec.rules[0].sverity'],
    ['a parameter is not known', policy('{ rules: [{ use: scan-fresh, with: { maxAge: 1 } }] }'), 'documentKeyUnknown', 'spec.rules[0].with.maxAge'],
    ['a parameter is not possible', policy('{ rules: [{ use: scan-fresh, with: { maxAgeHours: .inf } }] }'), 'documentValueInvalid', 'spec.rules[0].with.maxAgeHours'],
    ['a parameter is missing', policy('{ rules: [{ use: registry-allowed }] }'), 'documentValueInvalid', 'spec.rules[0].with'],
    ['two rules have one id', policy('{ rules: [{ use: image-signed }, { use: image-signed }] }'), 'documentNameDuplicate', 'spec.rules[1]'],
    ['a date is none', policy('{ rules: [{ use: image-signed, effectiveOn: soon }] }'), 'documentValueInvalid', 'spec.rules[0].effectiveOn'],
    ['a date does not exist', policy('{ rules: [{ use: image-signed, effectiveOn: "2026-13-01" }] }'), 'documentValueInvalid', 'spec.rules[0].effectiveOn'],
    ['an image pattern is none', policy('{ match: { images: ["**"] }, rules: [{ use: image-signed }] }'), 'patternInvalid', 'spec.match.images[0]'],
    ['a glob is too long', policy(`{ sourceRepositories: ["${'a'.repeat(3000)}"], rules: [{ use: image-signed }] }`), 'patternInvalid', 'spec.sourceRepositories[0]'],
    ['an owner is no reference', policy('{ match: { entities: { owner: ["a:"] } }, rules: [{ use: image-signed }] }'), 'documentValueInvalid', 'spec.match.entities.owner[0]'],
    ['trust names a root twice', policy('{ trust: [a, a], rules: [{ use: image-signed }] }'), 'documentValueInvalid', 'spec.trust'],
    ['trust wants at least none', policy('{ trust: { atLeast: 0, of: [a] }, rules: [{ use: image-signed }] }'), 'documentValueInvalid', 'spec.trust.atLeast'],
    ['trust has an unknown form', policy('{ trust: { any: [a] }, rules: [{ use: image-signed }] }'), 'documentKeyUnknown', 'spec.trust.any'],
    ['a trust root is of no kind', trustRoot('{ transparencyLog: none }'), 'documentValueInvalid', 'spec'],
    ['a trust root is of two kinds', trustRoot('{ keys: [{ file: cosign.pub }], notation: { trustPolicy: { inline: {} }, trustStores: {} } }'), 'documentValueInvalid', 'spec'],
    ['a trust root of Docker Content Trust is empty', trustRoot('{ contentTrust: {} }'), 'documentValueInvalid', 'spec.contentTrust.server'],
    ['a trust root of the Notary Project is empty', trustRoot('{ notation: {} }'), 'documentValueInvalid', 'spec.notation.trustPolicy'],
    ['a trusted root by TUF has no mirror', tuf('{ root: { inline: x } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.mirror'],
    ['the mirror of a trusted root is no address', tuf('{ mirror: tuf.acme.example, root: { inline: x } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.mirror'],
    ['the mirror of a trusted root is a file', tuf('{ mirror: "file:///etc", root: { inline: x } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.mirror'],
    ['the mirror of a trusted root carries credentials', tuf('{ mirror: "https://a:b@tuf.acme.example", root: { inline: x } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.mirror'],
    ['a trusted root by TUF begins with nothing', tuf('{ mirror: "https://tuf.acme.example" }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.root'],
    ['a trusted root by TUF begins with two roots', tuf('{ mirror: "https://tuf.acme.example", root: { file: a, inline: x } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot.tuf.root'],
    ['the initial root of TUF is not there', tuf('{ mirror: "https://tuf.acme.example", root: { file: gone.json } }'), 'documentFileMissing', 'spec.sigstore.trustedRoot.tuf.root.file'],
    ['a trusted root by TUF was never fetched', tuf('{ mirror: "https://tuf.acme.example", root: { inline: x } }'), 'tufUnreachable', 'spec.sigstore.trustedRoot.tuf'],
    ['a trusted root is missing', trustRoot('{ sigstore: { identities: [{ issuer: none, subject: x }] } }'), 'documentValueInvalid', 'spec.sigstore.trustedRoot'],
    ['a trusted root is no JSON', trustRoot('{ sigstore: { trustedRoot: { file: broken.json }, identities: [{ issuer: none, subject: x }] } }'), 'trustedRootUnreadable', 'spec.sigstore.trustedRoot'],
    ['a trusted root is a list', trustRoot('{ sigstore: { trustedRoot: { file: list.json }, identities: [{ issuer: none, subject: x }] } }'), 'trustedRootUnreadable', 'spec.sigstore.trustedRoot'],
    ['a trusted root is null', trustRoot('{ sigstore: { trustedRoot: { file: null.json }, identities: [{ issuer: none, subject: x }] } }'), 'trustedRootUnreadable', 'spec.sigstore.trustedRoot'],
    ['a requirement stands outside', trustRoot('{ sigstore: { trustedRoot: { file: trusted_root.json }, identities: [{ issuer: none, subject: x }] }, timestamps: none }'), 'documentValueInvalid', 'spec.timestamps'],
    ['keys want a log and bring no key of it (L14)', trustRoot('{ keys: [{ file: cosign.pub }] }'), 'documentValueInvalid', 'spec'],
    ['keys want timestamps and bring no authority (L14)', trustRoot('{ keys: [{ file: cosign.pub }], transparencyLog: none, timestamps: required }'), 'documentValueInvalid', 'spec'],
    ['the trusted root beside keys cannot be read', trustRoot('{ keys: [{ file: cosign.pub }], trustedRoot: { file: gone.json } }'), 'documentFileMissing', 'spec.trustedRoot.file'],
    ['a key is neither file nor inline', trustRoot('{ keys: [{}], transparencyLog: none }'), 'documentValueInvalid', 'spec.keys[0]'],
    ['a key is both', trustRoot('{ keys: [{ file: cosign.pub, inline: x }], transparencyLog: none }'), 'documentValueInvalid', 'spec.keys[0]'],
    ['a key is no key', trustRoot('{ keys: [{ inline: ssh-rsa AAAA }], transparencyLog: none }'), 'keyUnreadable', 'spec.keys[0]'],
    ['a key is private', trustRoot('{ keys: [{ file: private.key }], transparencyLog: none }'), 'keyUnreadable', 'spec.keys[0]'],
    ['the period of a key is empty', trustRoot('{ keys: [{ file: cosign.pub, notBefore: 2026-01-02, notAfter: 2026-01-01 }], transparencyLog: none }'), 'documentValueInvalid', 'spec.keys[0]'],
    ['a file does not exist', trustRoot('{ keys: [{ file: gone.pub }], transparencyLog: none }'), 'documentFileMissing', 'spec.keys[0].file'],
    ['a path leads out', trustRoot('{ keys: [{ file: a/../../cosign.pub }], transparencyLog: none }'), 'documentPathOutside', 'spec.keys[0].file'],
    ['an extension is not known', sigstore(identity(GITHUB, 'x', ', extensions: { sourceRepositoryUrl: x }')), 'documentKeyUnknown', 'spec.sigstore.identities[0].extensions.sourceRepositoryUrl'],
    ['an identity pattern is of no form', sigstore(identity(GITHUB, '{ prefix: x }')), 'documentValueInvalid', 'spec.sigstore.identities[0].subject'],
    ['an expression is not RE2', sigstore(identity(GITHUB, '{ regexp: "https://github.com/acme/(?=x)" }')), 'patternInvalid', 'spec.sigstore.identities[0].subject'],
    ['there are no identities', trustRoot('{ sigstore: { trustedRoot: { file: trusted_root.json }, identities: [] } }'), 'documentValueInvalid', 'spec.sigstore.identities'],
    ['an issuer amounts to anybody', sigstore(identity('{ glob: "https://**" }', 'x')), 'identityTooWide', 'spec.sigstore.identities[0].issuer'],
    ['a subject amounts to anybody', sigstore(identity(GITHUB, '{ glob: "https://github.com/**" }')), 'identityTooWide', 'spec.sigstore.identities[0].subject'],
  ])('when %s', (_condition, text, code, path) => {
    const found = problems(text);
    expect(found).toContainEqual(
      expect.objectContaining({
        code,
        source: 'policy.yaml',
        line: expect.any(Number),
        column: expect.any(Number),
        ...(path && { path }),
      }),
    );
  });

  it.each([
    '/etc/passwd',
    '../cosign.pub',
    '~/cosign.pub',
    'C:/cosign.pub',
    'file:///cosign.pub',
    'keys\\other.pub',
    '.',
    '""',
  ])('when it names the file %s', path => {
    const text = trustRoot(
      `{ keys: [{ file: ${path} }], transparencyLog: none }`,
    );
    expect(problems(text)).toMatchObject([{ code: 'documentPathOutside' }]);
  });

  it('when it comes from an address and names a local file (L28)', () => {
    const text = trustRoot(
      '{ keys: [{ file: cosign.pub }], transparencyLog: none }',
    );
    expect(problems(text, { fromUrl: true })).toMatchObject([
      { code: 'documentFileFromUrl' },
    ]);
  });

  it('with line, column and the name that was probably meant', () => {
    const text = policy(
      '\n  mode: audit\n  rules:\n    - use: image-signed\n      sverity: low',
    );
    expect(problems(text)).toEqual([
      {
        code: 'documentKeyUnknown',
        message: 'unknown key "sverity". Did you mean "severity"?',
        source: 'policy.yaml',
        line: 8,
        column: 7,
        path: 'spec.rules[0].sverity',
      },
    ]);
  });

  it('with every problem of every document', () => {
    const text = `${policy(
      '{ rules: [{ use: x }, { use: y }] }',
    )}---\n${trustRoot('{}')}`;
    expect(problems(text).map(({ line }) => line)).toEqual([4, 4, 9]);
  });

  it('as a whole source when one of its documents is wrong', () => {
    const good = policy('{ rules: [{ use: image-signed }] }');
    expect(parse(`${good}---\n${trustRoot('{}')}`).ok).toBe(false);
  });
});

describe('a hostile text gives a named problem', () => {
  const MIB = 1024 * 1024;

  // prettier-ignore

  it.each<[string, string, string]>([
    ['more than 1 MiB', '#'.repeat(MIB + 1), 'documentTooLarge'],
    ['10 MiB', 'a: b\n'.repeat(2 * MIB), 'documentTooLarge'],
    ['1 MiB of characters and more bytes', 'é'.repeat(MIB), 'documentTooLarge'],
    ['nested lists', '['.repeat(MIB), 'documentMalformed'],
    ['nested mappings', '{a: '.repeat(MIB / 4), 'documentMalformed'],
    ['nested entries', '- '.repeat(MIB / 2), 'documentMalformed'],
    ['nested keys', '? '.repeat(MIB / 2), 'documentMalformed'],
    ['nested blocks', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'documentMalformed'],
    ['very many keys', Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n'), 'documentMalformed'],
    ['very many documents', '---\na\n'.repeat(100_000), 'documentMalformed'],
    ['a bomb of aliases', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', 'documentAliasNotAllowed'],
    ['an unclosed quote', `"${'a'.repeat(100_000)}`, 'documentMalformed'],
    ['directives only', '%FOO\n'.repeat(1000), 'documentMalformed'],
    ['binary', '\u0000\u0001\u0002', 'documentKindUnknown'],
    ['a key that is a mapping', '? {a: b}\n: c', 'documentMalformed'],
  ])('for %s', (_condition, text, code) => {
    expect(problems(text).map(each => each.code)).toContain(code);
  });
});
