import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { VexDetail } from '../../model/vex';
import { parseOpenVex, VEX_MAX_BYTES } from './parseOpenVex';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const OCI = `pkg:oci/web@sha256%3A${'1'.repeat(64)}`;
const AT = '2026-11-20T11:00:00Z';
const NORMAL = '2026-11-20T11:00:00.000Z';

const statement = (change: object = {}) => ({
  vulnerability: { name: 'CVE-2026-1000' },
  products: [{ '@id': OCI }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
  ...change,
});

const document = (change: object = {}) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://acme.example/vex/1',
  author: 'Acme Security',
  timestamp: AT,
  version: 1,
  statements: [statement()],
  ...change,
});

function read(value: unknown): VexDetail {
  const result = parseOpenVex(JSON.stringify(value));
  if (!result.ok) {
    throw new TypeError(`${result.reason}: ${result.message}`);
  }
  return result.report;
}

const only = (change: object) => {
  const { statements, ignored } = read(
    document({ statements: [statement(change)] }),
  );
  return statements[0] ?? ignored[0];
};
const product = (value: unknown) => {
  const read0 = only({ products: [value] });
  return 'products' in read0 ? read0.products![0] : read0;
};

describe('an OpenVEX document', () => {
  it('is read with its statements, and says what it says of itself', () => {
    expect(
      read(
        document({
          version: 3,
          statements: [
            statement({
              vulnerability: {
                name: 'CVE-2026-1000',
                aliases: ['GHSA-1', 'CVE-2026-1000'],
              },
              impact_statement: 'The parser is not built in.',
              action_statement: 'Nothing.',
              status_notes: 'Looked at on a Friday.',
              timestamp: '2026-11-19T12:00:00+01:00',
            }),
          ],
        }),
      ),
    ).toEqual({
      id: 'https://acme.example/vex/1',
      author: 'Acme Security',
      issuedAt: NORMAL,
      version: 3,
      ignored: [],
      statements: [
        {
          names: ['CVE-2026-1000', 'GHSA-1'],
          products: [{ name: OCI, digests: [DIGEST], repositories: [] }],
          status: 'notAffected',
          justification: 'vulnerable_code_not_present',
          impact: 'The parser is not built in.',
          action: 'Nothing.',
          notes: 'Looked at on a Friday.',
          statedAt: '2026-11-19T11:00:00.000Z',
        },
      ],
    });
  });

  it('is read as cosign attests it', () => {
    const bytes = readFileSync(join(__dirname, '__fixtures__/cosign-web.json'));
    expect(parseOpenVex(bytes)).toMatchObject({
      ok: true,
      report: {
        version: 1,
        ignored: [],
        statements: [
          {
            names: ['CVE-2019-10744'],
            products: [
              {
                digests: [],
                repositories: ['127.0.0.1:5003/shop/web'],
                subcomponents: ['pkg:npm/lodash@4.17.4'],
              },
            ],
            status: 'notAffected',
            statedAt: NORMAL,
          },
        ],
      },
    });
  });

  it('of the first versions writes texts where later ones write objects', () => {
    const legacy = {
      '@context': 'https://openvex.dev/ns',
      '@id': 'my-vexdoc',
      author: 'Wolfi',
      version: '2',
      timestamp: AT,
      statements: [
        {
          vulnerability: 'CVE-2026-1000',
          products: [OCI],
          subcomponents: ['pkg:apk/wolfi/bash@1.0.0', 'no-purl'],
          status: 'fixed',
          justification: '',
        },
      ],
    };
    expect(read(legacy)).toMatchObject({
      version: 2,
      statements: [
        {
          names: ['CVE-2026-1000'],
          products: [
            {
              digests: [DIGEST],
              subcomponents: ['pkg:apk/wolfi/bash@1.0.0'],
            },
          ],
          status: 'fixed',
        },
      ],
    });
  });

  it('may leave out id, author and version', () => {
    const bare = {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      timestamp: AT,
      statements: [],
    };
    expect(read(bare)).toEqual({
      issuedAt: NORMAL,
      version: 1,
      statements: [],
      ignored: [],
    });
    expect(
      read({ ...bare, last_updated: '2026-11-20T12:00:00Z' }),
    ).toMatchObject({ issuedAt: '2026-11-20T12:00:00.000Z' });
  });

  // prettier-ignore
  it.each<[string, unknown, string, string]>([
    ['it is no object', [], 'malformedReport', 'JSON object'],
    ['it is of another format', { bomFormat: 'CycloneDX' }, 'reportFormatUnknown', '@context'],
    ['it is of a version that is not known', document({ '@context': 'https://openvex.dev/ns/v1.0.0' }), 'reportFormatUnknown', 'v1.0.0'],
    ['its context only begins like one', document({ '@context': 'https://openvex.dev/ns/v0.2.0/evil' }), 'reportFormatUnknown', 'evil'],
    ['it has a context list', document({ '@context': ['https://openvex.dev/ns/v0.2.0'] }), 'reportFormatUnknown', '@context'],
    ['its version is a word', document({ version: 'latest' }), 'malformedReport', 'version'],
    ['its version is broken', document({ version: 1.5 }), 'malformedReport', 'version'],
    ['its version is below zero', document({ version: -1 }), 'malformedReport', 'version'],
    ['its version is no number', document({ version: {} }), 'malformedReport', 'version'],
    ['it has no statements', document({ statements: undefined }), 'malformedReport', 'list of statements'],
    ['it has too many statements', document({ statements: Array(5_001).fill(0) }), 'reportTooLarge', '5000 statements'],
    ['a statement has too many products', document({ statements: [statement({ products: Array(1_001).fill(OCI) })] }), 'reportTooLarge', '1000 products'],
    ['a product has too many parts', document({ statements: [statement({ products: [{ '@id': OCI, subcomponents: Array(5_001).fill(OCI) }] })] }), 'reportTooLarge', '5000 parts'],
  ])('is refused whole where %s', (_condition, value, reason, message) => {
    expect(parseOpenVex(JSON.stringify(value))).toEqual({
      ok: false,
      reason,
      message: expect.stringContaining(message),
    });
  });

  it('is refused where it is too large, too deep, cut off or ambiguous', () => {
    const deep = `${'['.repeat(20)}${']'.repeat(20)}`;
    const reasonOf = (text: string) => {
      const result = parseOpenVex(text);
      return result.ok ? undefined : result.reason;
    };
    expect(reasonOf(' '.repeat(VEX_MAX_BYTES + 1))).toBe('reportTooLarge');
    expect(reasonOf(deep)).toBe('malformedReport');
    expect(reasonOf(JSON.stringify(document()).slice(0, -5))).toBe(
      'malformedReport',
    );
    const twice = JSON.stringify(document()).replace(
      '"status":',
      '"status":"affected","status":',
    );
    expect(reasonOf(twice)).toBe('malformedReport');
  });

  it('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (any, other) => {
        parseOpenVex(JSON.stringify(any));
        const hostile = document({
          version: 1,
          statements: [
            any,
            statement({ vulnerability: any, products: [other] }),
            statement({ products: any, justification: other }),
            statement({ products: [{ '@id': OCI, subcomponents: any }] }),
            statement({ products: [{ hashes: any, identifiers: other }] }),
          ],
        });
        const result = parseOpenVex(JSON.stringify(hostile));
        expect(result.ok || typeof result.reason === 'string').toBe(true);
      }),
    );
  });
});

describe('a statement', () => {
  // prettier-ignore
  it.each<[string, object, string, string]>([
    ['gives no reason for not_affected', { justification: undefined }, 'vexNotJustified', 'neither justification nor impact_statement'],
    ['gives an empty impact statement', { justification: undefined, impact_statement: ' ' }, 'vexNotJustified', 'neither'],
    ['gives a justification that is none', { justification: 'because' }, 'vexStatementMalformed', 'justification'],
    ['gives one that is no text', { justification: ['component_not_present'] }, 'vexStatementMalformed', 'justification'],
    ['has no status', { status: undefined }, 'vexStatementMalformed', 'status'],
    ['has a status of an object', { status: 'toString' }, 'vexStatementMalformed', 'status'],
    ['names no vulnerability', { vulnerability: undefined }, 'vexStatementMalformed', 'vulnerability'],
    ['names it by an object', { vulnerability: { name: {} } }, 'vexStatementMalformed', 'vulnerability'],
    ['names it by a text that would be cut', { vulnerability: 'C'.repeat(129) }, 'vexStatementMalformed', 'vulnerability'],
    ['has an alias that is none', { vulnerability: { name: 'CVE-1', aliases: [1] } }, 'vexStatementMalformed', 'vulnerability'],
    ['has too many names', { vulnerability: { name: 'CVE-1', aliases: Array(50).fill('x') } }, 'vexStatementMalformed', 'vulnerability'],
    ['has a time that is none', { timestamp: 'yesterday' }, 'vexStatementMalformed', 'timestamp'],
    ['has products that are no list', { products: OCI }, 'vexStatementMalformed', 'products'],
    ['names parts of no product', { products: undefined, subcomponents: ['pkg:npm/a@1'] }, 'vexStatementMalformed', 'parts'],
  ])('is ignored and named where it %s', (_condition, change, reason, message) => {
    expect(only(change)).toEqual({
      index: 0,
      reason,
      message: expect.stringContaining(message),
    });
  });

  it('is ignored where it is no object, and the others are read', () => {
    const { statements, ignored } = read(
      document({ statements: ['x', statement()] }),
    );
    expect([statements.length, ignored.map(each => each.index)]).toEqual([
      1,
      [0],
    ]);
  });

  it('is ignored where neither it nor its document says when', () => {
    expect(
      read(document({ timestamp: undefined })).ignored[0].message,
    ).toContain('timestamp');
  });

  it('may give an impact statement alone, and needs no reason to be affected', () => {
    expect(
      only({ justification: undefined, impact_statement: 'Not built in.' }),
    ).toMatchObject({ status: 'notAffected', impact: 'Not built in.' });
    expect(
      only({ status: 'affected', justification: undefined }),
    ).toMatchObject({ status: 'affected' });
    expect(
      only({ status: 'under_investigation', justification: undefined }),
    ).toMatchObject({ status: 'underInvestigation' });
  });

  it('without products is about its subject, with an empty list about nothing', () => {
    expect(only({ products: undefined })).not.toHaveProperty('products');
    expect(only({ products: [] })).toHaveProperty('products', []);
  });
});

describe('a product', () => {
  const repository = (url: string, name = 'web') =>
    product(`pkg:oci/${name}?repository_url=${encodeURIComponent(url)}`);

  // prettier-ignore
  it.each<[string, unknown, object]>([
    ['by the digest in its package URL', { '@id': OCI }, { digests: [DIGEST], repositories: [] }],
    ['by a package URL among its identifiers', { '@id': 'https://acme.example/web', identifiers: { purl: OCI } }, { digests: [DIGEST] }],
    ['by a digest and a tag', { '@id': `${OCI}?tag=1.0.0` }, { digests: [DIGEST] }],
    ['by a package URL of Docker', { '@id': `pkg:docker/shop/web@${DIGEST}` }, { digests: [DIGEST], repositories: [] }],
    ['by a hash', { '@id': 'https://acme.example/web', hashes: { 'sha-256': '1'.repeat(64), md5: 'x' } }, { digests: [DIGEST] }],
    ['by a hash in upper case', { hashes: { 'sha-256': 'A'.repeat(64) } }, { digests: [`sha256:${'a'.repeat(64)}`] }],
    ['for one architecture', { '@id': `${OCI}?arch=arm64` }, { digests: [DIGEST], architecture: 'arm64' }],
    ['by a tag alone, which names nothing', { '@id': 'pkg:oci/web?repository_url=r.example/web&tag=1' }, { digests: [], repositories: [] }],
    ['by a version that is no digest', { '@id': 'pkg:oci/web@1.0.0?repository_url=r.example/web' }, { digests: [], repositories: [] }],
    ['by a name alone', { '@id': 'pkg:oci/web' }, { digests: [], repositories: [] }],
    ['by a package that is no image', { '@id': 'pkg:apk/wolfi/bash@1.0.0' }, { digests: [], repositories: [] }],
    ['by an image and a package', { '@id': OCI, identifiers: { purl: 'pkg:npm/a@1' } }, { digests: [], repositories: [] }],
    ['for two architectures', { '@id': `${OCI}?arch=arm64`, identifiers: { purl: `${OCI}?arch=amd64` } }, { digests: [], repositories: [] }],
    ['by a hash that is none', { '@id': OCI, hashes: { 'sha-256': 'abc' } }, { digests: [], repositories: [] }],
    ['by a repository of Docker, which says no registry', { '@id': 'pkg:docker/shop/web' }, { digests: [], repositories: [] }],
    ['by nothing', {}, { name: '', digests: [], repositories: [] }],
    ['by a number', 1, { name: '', digests: [], repositories: [] }],
  ])('is named %s', (_condition, value, expected) => {
    expect(product(value)).toMatchObject(expected);
  });

  it('is named by its repository, with or without the last part', () => {
    const named = { repositories: ['registry.acme.example/shop/web'] };
    expect(repository('registry.acme.example/shop/web')).toMatchObject(named);
    expect(repository('registry.acme.example/shop')).toMatchObject(named);
    expect(repository('127.0.0.1:5003')).toMatchObject({
      repositories: ['127.0.0.1:5003/web'],
    });
    expect(repository('index.docker.io/library', 'nginx')).toMatchObject({
      repositories: ['docker.io/library/nginx'],
    });
  });

  it.each([
    'https://registry.acme.example/shop/web',
    'registry.acme.example/shop/web:1.0.0',
    'registry.acme.example/shop/web@sha256:1',
    'UPPER/web',
    '..',
  ])('is of no repository where its address is %s', url => {
    expect(repository(url)).toMatchObject({ digests: [], repositories: [] });
  });

  it('keeps the parts that a package URL names, and no others', () => {
    expect(
      product({
        '@id': OCI,
        subcomponents: [
          'pkg:npm/a@1',
          { '@id': 'pkg:npm/b@1' },
          { '@id': 'x', identifiers: { purl: 'pkg:npm/c@1' } },
          { identifiers: { cpe23: 'cpe:2.3:a:b' } },
          `pkg:npm/${'d'.repeat(2_048)}`,
          7,
        ],
      }),
    ).toHaveProperty('subcomponents', [
      'pkg:npm/a@1',
      'pkg:npm/b@1',
      'pkg:npm/c@1',
    ]);
    expect(product({ '@id': OCI, subcomponents: 'x' })).toHaveProperty(
      'subcomponents',
      [],
    );
  });
});
