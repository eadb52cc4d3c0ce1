import { isDeepStrictEqual } from 'node:util';
import {
  Digest,
  VulnerabilityDetail,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import fc from 'fast-check';
import { packScan, unpackScan } from './packedScan';

type Scan = Pick<VulnerabilityDetail, 'scanner' | 'os' | 'findings'>;

const LAYER = `sha256:${'1'.repeat(64)}` as Digest;

const TEXTS = ['', '{}', '"\\', '\u0000\u202e', '\ud800', '__proto__', 'null'];

const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const score = fc.integer({ min: 0, max: 100 }).map(tenths => tenths / 10);

/** Absent, undefined or there. */
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined });

const rating = fc.record({
  source: fc.constantFrom('nvd', 'ghsa', '__proto__'),
  version: fc.constantFrom('2.0' as const, '3.1' as const),
  vector: fc.constantFrom('AV:N', 'AV:L'),
  score: fc.constantFrom(1, 2),
});

/** Few ids and few values, so that findings of one id come one after the other and differ in little. */
const finding = fc.record<VulnerabilityFinding, keyof VulnerabilityFinding>(
  {
    id: fc.constantFrom('CVE-2026-1', 'CVE-2026-2', '__proto__', ''),
    packageName: text,
    installedVersion: text,
    severity: fc.constantFrom('critical', 'low', 'unknown'),
    aliases: maybe(fc.array(text, { maxLength: 2 })),
    advisories: maybe(fc.array(text, { maxLength: 2 })),
    purl: maybe(text),
    path: maybe(text),
    fixedVersion: maybe(text),
    fixState: maybe(fc.constantFrom('fixed', 'wontFix')),
    severitySource: maybe(fc.constantFrom('debian', '__proto__')),
    layer: maybe(fc.constant(LAYER)),
    title: maybe(fc.constantFrom('', 'a', 'b', '\ud800"')),
    link: maybe(fc.constantFrom('https://a.example/', 'https://b.example/')),
    score: maybe(score),
    scoreStated: maybe(fc.constant(true as const)),
    cvss: maybe(fc.array(rating, { maxLength: 2 })),
    publishedAt: maybe(fc.constantFrom('2026-01-01', '2026-01-02')),
  },
  { requiredKeys: ['id', 'packageName', 'installedVersion', 'severity'] },
);

const scan: fc.Arbitrary<Scan> = fc.record(
  {
    scanner: fc.record(
      { name: text, version: maybe(text) },
      { requiredKeys: ['name'] },
    ),
    os: maybe(
      fc.record(
        { family: text, name: maybe(text), endOfLife: maybe(fc.boolean()) },
        { requiredKeys: ['family'] },
      ),
    ),
    findings: fc.array(finding, { maxLength: 6 }),
  },
  { requiredKeys: ['scanner', 'findings'] },
);

const PLAIN: VulnerabilityFinding = {
  id: 'CVE-2026-1',
  packageName: 'openssl',
  installedVersion: '3.0.1',
  severity: 'high',
};

const scanOf = (...findings: VulnerabilityFinding[]): Scan => ({
  scanner: { name: 'Trivy' },
  findings,
});

const readBack = (given: Scan) => {
  const packed = packScan(given);
  return unpackScan(packed, packed.texts);
};

/** What JSON holds of a value: undefined and absent are one. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe('a scan that is taken apart', () => {
  it('is put together as it was, whatever it holds', () => {
    fc.assert(
      fc.property(scan, given => {
        expect(readBack(given)).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('is put together from texts that were stored for many', () => {
    fc.assert(
      fc.property(fc.array(scan, { maxLength: 4 }), scans => {
        const texts = new Map<string, string>();
        const packed = scans.map(each => packScan(each, texts));
        packed.forEach(each => expect(each.texts).toBe(texts));
        expect(packed.map(each => unpackScan(each, texts))).toEqual(scans);
      }),
    );
  });

  it('is not put together without one of its texts', () => {
    fc.assert(
      fc.property(scan, fc.nat(), (given, pick) => {
        const packed = packScan(given);
        const keys = [...packed.texts.keys()];
        fc.pre(keys.length > 0);
        packed.texts.delete(keys[pick % keys.length]);
        expect(unpackScan(packed, packed.texts)).toBeUndefined();
      }),
    );
  });

  it('has the texts, the key and the hash that other tools compute', () => {
    const packed = packScan(
      scanOf(
        {
          ...PLAIN,
          fixedVersion: '3.0.2',
          publishedAt: '2026-01-02T00:00:00.000Z',
          cvss: [
            {
              source: 'nvd',
              version: '3.1',
              vector: 'CVSS:3.1/AV:N',
              score: 7.5,
            },
          ],
          score: 7.5,
          link: 'https://example.com/1',
          title: 'Buffer "overflow"',
        },
        {
          ...PLAIN,
          id: 'CVE-2026-2',
          packageName: 'zlib',
          installedVersion: '1.3',
          severity: 'low',
        },
      ),
    );
    // printf %s TEXT | openssl dgst -sha256 -binary | basenc --base64url | cut -c1-22
    const key = '5Nz7EYyN27U_0NaDgOW7GR';
    expect(packed).toEqual({
      // printf %s DETAIL ABOUT | sha256sum
      hash: '6737abbcdaf152c97f3c6fed2ac18d22942690bf9e50883b8fadd65b03eedd27',
      detail:
        '{"scanner":{"name":"Trivy"},"findings":{"id":["CVE-2026-1","CVE-2026-2"],"packageName":["openssl","zlib"],"installedVersion":["3.0.1","1.3"],"fixedVersion":["3.0.2",null],"severity":["high","low"]}}',
      about: `["${key}",""]`,
      texts: new Map([
        [
          key,
          '{"title":"Buffer \\"overflow\\"","link":"https://example.com/1","score":7.5,"cvss":[{"source":"nvd","version":"3.1","vector":"CVSS:3.1/AV:N","score":7.5}],"publishedAt":"2026-01-02T00:00:00.000Z"}',
        ],
      ]),
      seen: {
        scanner: 'Trivy',
        fixable: '["CVE-2026-1|openssl"]',
        unfixable: '["CVE-2026-2|zlib"]',
      },
    });
  });
});

describe('the hash', () => {
  it('is the same for equal scans and for no others', () => {
    fc.assert(
      fc.property(scan, scan, (left, right) => {
        const again = packScan(plain(left)).hash;
        expect(packScan(left).hash).toBe(again);
        expect(packScan(right).hash === again).toBe(
          isDeepStrictEqual(plain(left), plain(right)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order in which properties were set', () => {
    fc.assert(
      fc.property(finding, given => {
        const reversed = Object.fromEntries(Object.entries(given).reverse());
        expect(packScan(scanOf(reversed as VulnerabilityFinding)).hash).toBe(
          packScan(scanOf(given)).hash,
        );
      }),
    );
  });

  const [nvd, other] = [
    { source: 'nvd', version: '3.1', vector: 'AV:N', score: 7 },
    { source: 'ghsa', version: '4.0', vector: 'AV:L', score: 8 },
  ] as const;
  const differing = {
    id: ['CVE-2026-1', 'CVE-2026-2'],
    aliases: [undefined, [], ['GHSA-1'], ['GHSA-1', 'GHSA-2']],
    advisories: [undefined, [], ['DSA-1'], ['DSA-2']],
    packageName: ['openssl', 'openssl-dev'],
    purl: [undefined, '', 'pkg:deb/openssl'],
    path: [undefined, '', 'app.jar'],
    installedVersion: ['', '3.0.1'],
    fixedVersion: [undefined, '', '3.0.2'],
    fixState: [undefined, 'fixed', 'notFixed'],
    severity: ['high', 'low'],
    severitySource: [undefined, 'debian', 'nvd'],
    layer: [undefined, LAYER],
    title: [undefined, '', 'a', 'b'],
    link: [undefined, 'https://a.example/', 'https://b.example/'],
    score: [undefined, 0, 7.5],
    scoreStated: [undefined, true],
    cvss: [
      undefined,
      [],
      [nvd],
      [nvd, other],
      [other, nvd],
      [nvd, nvd],
      ...(['source', 'version', 'vector', 'score'] as const).map(property => [
        { ...nvd, [property]: other[property] },
      ]),
    ],
    publishedAt: [undefined, '2026-01-01', '2026-01-02'],
  } satisfies Record<keyof VulnerabilityFinding, unknown[]>;

  it.each(Object.entries(differing))(
    'differs with %s, and what was said is never what was said before',
    (property, values) => {
      const scans = values.map(value =>
        scanOf({ ...PLAIN, [property]: value }),
      );
      // There and back, so that each follows each of its neighbours.
      const inTurn = [...scans, ...scans.toReversed(), ...scans];
      expect(new Set(inTurn.map(each => packScan(each).hash)).size).toBe(
        values.length,
      );
      expect(inTurn.map(each => readBack(each))).toEqual(inTurn);
    },
  );
});

it('says the same of more vulnerabilities than it remembers', () => {
  const many = Array.from({ length: 20_001 }, (_, number) => ({
    ...PLAIN,
    id: `CVE-2025-${number}`,
    title: `Title of ${number}`,
  }));
  const given = scanOf(...many, ...many.slice(0, 2));
  expect(readBack(given)).toEqual(given);
});

it('names each vulnerability of a package once, fixable when one of its findings is', () => {
  const { seen } = packScan(
    scanOf(
      PLAIN,
      { ...PLAIN, path: 'a.jar', fixedVersion: '3.0.2' },
      { ...PLAIN, path: 'b.jar', fixedVersion: '3.0.3' },
      { ...PLAIN, path: 'c.jar' },
      { ...PLAIN, packageName: 'zlib', fixedVersion: '' },
      { ...PLAIN, packageName: 'zlib', path: 'd.jar' },
    ),
  );
  expect(seen).toEqual({
    scanner: 'Trivy',
    fixable: '["CVE-2026-1|openssl"]',
    unfixable: '["CVE-2026-1|zlib"]',
  });
});
