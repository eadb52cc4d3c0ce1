import { TrustRoot } from '../../types';
import { parsePolicyDocuments } from '../parsePolicyDocuments';

const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIB
-----END CERTIFICATE-----
`;

const policyOf = (overrides: object = {}) =>
  JSON.stringify({
    version: '1.0',
    trustPolicies: [
      {
        name: 'acme',
        registryScopes: ['*'],
        signatureVerification: {
          level: 'strict',
          override: { revocation: 'skip' },
        },
        trustStores: ['ca:acme'],
        trustedIdentities: ['x509.subject: C=US, ST=WA, O=Acme'],
        ...overrides,
      },
    ],
  });

function parse(notation: string, files: Record<string, string>) {
  return parsePolicyDocuments({
    source: 'policy.yaml',
    fromUrl: false,
    text: `apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: acme-notation }
spec:
  notation: ${notation}
`,
    readFile: path =>
      Object.hasOwn(files, path)
        ? { ok: true, content: files[path] }
        : { ok: false, message: 'not found' },
  });
}

function read(notation: string, files: Record<string, string>): TrustRoot {
  const parsed = parse(notation, files);
  expect(parsed).toMatchObject({ ok: true });
  const documents = parsed.ok ? parsed.documents : [];
  return documents.flatMap(document =>
    document.kind === 'TrustRoot' ? [document.trustRoot] : [],
  )[0];
}

const BY_FILE =
  '{ trustPolicy: { file: ./trustpolicy.json }, trustStores: { "ca:acme": [{ file: ./acme-ca.crt }] } }';
const FILES = { 'trustpolicy.json': policyOf(), 'acme-ca.crt': CERTIFICATE };
const withPolicy = (overrides: object) => ({
  ...FILES,
  'trustpolicy.json': policyOf(overrides),
});

describe('a trust root of the Notary Project', () => {
  it('is read with the files it names', () => {
    expect(read(BY_FILE, FILES)).toEqual({
      name: 'acme-notation',
      digest: expect.stringMatching(/^sha256:/),
      warnings: [],
      spec: {
        type: 'notation',
        trustPolicy: { content: policyOf(), source: 'trustpolicy.json' },
        trustStores: {
          'ca:acme': [{ content: CERTIFICATE, source: 'acme-ca.crt' }],
        },
      },
    });
  });

  it('is read with its trust policy inline, as an object or as text', () => {
    const stores = 'trustStores: { "ca:acme": [{ file: acme-ca.crt }] }';
    const inline = (policy: string) =>
      read(`{ trustPolicy: { inline: ${policy} }, ${stores} }`, FILES);
    expect(inline(`'${policyOf()}'`).digest).toBe(inline(policyOf()).digest);
  });

  it('has another digest when a certificate is another one, and the same when its file has another name', () => {
    const { digest } = read(BY_FILE, FILES);
    const other = CERTIFICATE.replace('MIIB', 'MIIC');
    expect(read(BY_FILE, { ...FILES, 'acme-ca.crt': other }).digest).not.toBe(
      digest,
    );
    const renamed = BY_FILE.replace('acme-ca.crt', 'other.crt');
    expect(read(renamed, { ...FILES, 'other.crt': CERTIFICATE }).digest).toBe(
      digest,
    );
  });

  it.each<[string, object, string[]]>([
    ['that names its signers', {}, []],
    [
      'that accepts every certificate of its authority',
      { trustedIdentities: ['*'] },
      ['anySignerOfAuthority'],
    ],
    [
      'that only audits',
      { signatureVerification: { level: 'audit' } },
      ['neverVerifies'],
    ],
  ])('loads with a trust policy %s', (_what, overrides, codes) => {
    const { warnings } = read(BY_FILE, withPolicy(overrides));
    expect(warnings.map(({ code }) => code)).toEqual(codes);
  });

  const STORE = 'spec.notation.trustStores.ca:acme';

  it.each<[string, string, Record<string, string>, string, string]>([
    [
      'its trust policy is missing',
      BY_FILE,
      { 'acme-ca.crt': CERTIFICATE },
      'documentFileMissing',
      'spec.notation.trustPolicy.file',
    ],
    [
      'its trust policy is wrong',
      BY_FILE,
      { ...FILES, 'trustpolicy.json': '{}' },
      'documentValueInvalid',
      'spec.notation.trustPolicy',
    ],
    [
      'case 80: its trust policy enforces revocation',
      BY_FILE,
      withPolicy({ signatureVerification: { level: 'strict' } }),
      'notSupportedYet',
      'spec.notation.trustPolicy',
    ],
    [
      'its trust policy names a store that is not there',
      BY_FILE,
      withPolicy({ trustStores: ['ca:other'] }),
      'documentValueInvalid',
      'spec.notation.trustStores',
    ],
    [
      'a certificate is missing',
      BY_FILE,
      { 'trustpolicy.json': policyOf() },
      'documentFileMissing',
      `${STORE}[0].file`,
    ],
    [
      'a certificate is a key',
      BY_FILE,
      {
        ...FILES,
        'acme-ca.crt': CERTIFICATE.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
      },
      'trustStoreInvalid',
      `${STORE}[0]`,
    ],
    [
      'there is something beside a certificate',
      BY_FILE,
      { ...FILES, 'acme-ca.crt': `note\n${CERTIFICATE}` },
      'trustStoreInvalid',
      `${STORE}[0]`,
    ],
    [
      'a store holds nothing',
      BY_FILE.replace('[{ file: ./acme-ca.crt }]', '[]'),
      FILES,
      'documentValueInvalid',
      STORE,
    ],
    [
      'a store is of no type',
      BY_FILE.replace('ca:acme', 'acme'),
      FILES,
      'documentValueInvalid',
      'spec.notation.trustStores.acme',
    ],
    [
      'its trust policy is both',
      BY_FILE.replace('file: ./trustpolicy.json', 'file: x, inline: "{}"'),
      FILES,
      'documentValueInvalid',
      'spec.notation.trustPolicy',
    ],
    [
      'something beside it is for other kinds',
      `${BY_FILE}\n  transparencyLog: none`,
      FILES,
      'documentValueInvalid',
      'spec.transparencyLog',
    ],
  ])('does not load when %s', (_condition, notation, files, code, path) => {
    const parsed = parse(notation, files);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(
      problems.map(problem => [problem.code, problem.path]),
    ).toContainEqual([code, path]);
  });
});
