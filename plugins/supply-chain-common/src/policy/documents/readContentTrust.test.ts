import { TrustRoot } from '../types';
import { parsePolicyDocuments } from './parsePolicyDocuments';

const ID = '5c8f'.repeat(16);
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBRzCB76ADAgECAhABrmQe8JdTIXNRsXAdqppv
-----END CERTIFICATE-----
`;
const FILES: Record<string, string> = {
  'acme-ca.crt': CERTIFICATE,
  'key.pem': '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n',
};
const SERVER = 'server: https://notary.acme.example';
const PIN = `pins: { registry.acme.example/shop/*: { rootKeyIds: [${ID}] } }`;

function parse(contentTrust: string) {
  return parsePolicyDocuments({
    text: `apiVersion: supply-chain/v1\nkind: TrustRoot\nmetadata: { name: acme }\nspec:\n  contentTrust: { ${contentTrust} }\n`,
    source: 'policy.yaml',
    fromUrl: false,
    readFile: path =>
      Object.hasOwn(FILES, path)
        ? { ok: true, content: FILES[path] }
        : { ok: false, message: 'no such file' },
  });
}

function load(contentTrust: string): TrustRoot {
  const result = parse(contentTrust);
  if (!result.ok || result.documents[0].kind !== 'TrustRoot') {
    throw new Error(`expected a trust root, got ${JSON.stringify(result)}`);
  }
  return result.documents[0].trustRoot;
}

describe('a trust root of Docker Content Trust', () => {
  it('loads with pins of root keys and of authorities', () => {
    const { spec } = load(
      `${SERVER}/, pins: { registry.acme.example/shop/*: { rootKeyIds: [${ID}, ${ID}] }, docker.io/nginx: { ca: { file: ./acme-ca.crt } }, quay.io/acme/**: { ca: { inline: "${CERTIFICATE.replaceAll(
        '\n',
        '\\n',
      )}" } } }`,
    );
    expect(spec).toEqual({
      type: 'contentTrust',
      server: 'https://notary.acme.example',
      trustOnFirstUse: false,
      pins: [
        {
          images: 'registry.acme.example/shop/*',
          type: 'rootKeyIds',
          rootKeyIds: [ID],
        },
        {
          images: 'docker.io/library/nginx',
          type: 'certificateAuthority',
          certificateAuthority: {
            content: CERTIFICATE,
            source: 'acme-ca.crt',
          },
        },
        {
          images: 'quay.io/acme/**',
          type: 'certificateAuthority',
          certificateAuthority: {
            content: CERTIFICATE,
            source: 'policy.yaml',
          },
        },
      ],
    });
  });

  it('loads without pins when trust on first use is said', () => {
    expect(load(`${SERVER}, trustOnFirstUse: true`).spec).toEqual({
      type: 'contentTrust',
      server: 'https://notary.acme.example',
      trustOnFirstUse: true,
      pins: [],
    });
  });

  it('may name a server by plain http: whether it is spoken is for the list of registries', () => {
    const { spec } = load(`server: http://127.0.0.1:4443, ${PIN}`);
    expect(spec).toMatchObject({ server: 'http://127.0.0.1:4443' });
  });

  it('has another digest for another pin, and the same for the same authority from another place (L20)', () => {
    const inline = CERTIFICATE.replaceAll('\n', '\\n');
    const digestOf = (pin: string) =>
      load(`${SERVER}, pins: { quay.io/acme/*: ${pin} }`).digest;
    const byFile = digestOf('{ ca: { file: acme-ca.crt } }');
    expect(digestOf(`{ ca: { inline: "${inline}" } }`)).toBe(byFile);
    expect(digestOf(`{ rootKeyIds: [${ID}] }`)).not.toBe(byFile);
  });

  const PINS = 'spec.contentTrust.pins';
  // prettier-ignore
  it.each([
    ['there is no server', PIN, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['there are neither pins nor trust on first use', SERVER, 'documentValueInvalid', 'spec.contentTrust'],
    ['there are no pins in pins', `${SERVER}, pins: {}`, 'documentValueInvalid', 'spec.contentTrust'],
    ['trust on first use is denied and there are no pins', `${SERVER}, trustOnFirstUse: false`, 'documentValueInvalid', 'spec.contentTrust'],
    ['a key is not known', `${SERVER}, ${PIN}, trustOnFirstUs: true`, 'documentKeyUnknown', 'spec.contentTrust.trustOnFirstUs'],
    ['the server has no scheme', `server: notary.acme.example, ${PIN}`, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['the server has another scheme', `server: ftp://notary.acme.example, ${PIN}`, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['the server has a path', `server: https://acme.example/notary, ${PIN}`, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['the server has a user', `server: https://a:b@acme.example, ${PIN}`, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['the server is no address', `server: "https://", ${PIN}`, 'documentValueInvalid', 'spec.contentTrust.server'],
    ['a key id is too short', `${SERVER}, pins: { quay.io/a/b: { rootKeyIds: [5c8f] } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b.rootKeyIds[0]`],
    ['a key id is upper case', `${SERVER}, pins: { quay.io/a/b: { rootKeyIds: [${ID.toUpperCase()}] } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b.rootKeyIds[0]`],
    ['there are no key ids', `${SERVER}, pins: { quay.io/a/b: { rootKeyIds: [] } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b.rootKeyIds`],
    ['a pin is empty', `${SERVER}, pins: { quay.io/a/b: {} }`, 'documentValueInvalid', `${PINS}.quay.io/a/b`],
    ['a pin is of two kinds', `${SERVER}, pins: { quay.io/a/b: { rootKeyIds: [${ID}], ca: { file: acme-ca.crt } } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b`],
    ['an authority is a text', `${SERVER}, pins: { quay.io/a/b: { ca: acme-ca.crt } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b.ca`],
    ['an authority does not exist', `${SERVER}, pins: { quay.io/a/b: { ca: { file: gone.crt } } }`, 'documentFileMissing', `${PINS}.quay.io/a/b.ca.file`],
    ['an authority is a private key', `${SERVER}, pins: { quay.io/a/b: { ca: { file: key.pem } } }`, 'documentValueInvalid', `${PINS}.quay.io/a/b.ca`],
    ['a pattern has no host', `${SERVER}, pins: { "*": { rootKeyIds: [${ID}] } }`, 'patternInvalid', `${PINS}.*`],
    ['a pattern reaches over a boundary', `${SERVER}, pins: { docker.io/acme**: { rootKeyIds: [${ID}] } }`, 'patternInvalid', `${PINS}.docker.io/acme**`],
  ])('is refused when %s', (_condition, contentTrust, code, path) => {
    const result = parse(contentTrust);
    expect(result.ok ? [] : result.problems).toContainEqual(
      expect.objectContaining({ code, path, line: 5, column: expect.any(Number) }),
    );
  });

  it('is refused when it has more pins than one document may have', () => {
    const pins = Array.from(
      { length: 1001 },
      (_, index) => `quay.io/a/b${index}: { rootKeyIds: [${ID}] }`,
    );
    expect(parse(`${SERVER}, pins: { ${pins.join()} }`)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('1000') }],
    });
  });
});
