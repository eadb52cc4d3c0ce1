import { Json } from './reportContent';
import { saidOf } from './saidOf';

const ID = 'CVE-2026-1';
const V3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V3_LOW = 'CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N';

/** As a report says it, read anew from its bytes. */
const entryWith = (rest: Json = {}): Json =>
  JSON.parse(
    JSON.stringify({
      title: 'openssl: overflow',
      primaryLink: 'https://avd.aquasec.com/nvd/cve-2026-1',
      publishedDate: '2026-01-02T00:00:00Z',
      score: 9.8,
      cvss: { nvd: { V3Vector: V3, V3Score: 9.8 } },
      ...rest,
    }),
  );

const rating = (source: string, vector = V3, score = 9.8) => ({
  source,
  version: '3.1',
  vector,
  score,
});

const SAID = {
  title: 'openssl: overflow',
  link: 'https://avd.aquasec.com/nvd/cve-2026-1',
  publishedAt: '2026-01-02T00:00:00.000Z',
  score: 9.8,
  cvss: [rating('nvd')],
};

/** JSON.stringify would leave out what is undefined; `__proto__` is a name like any other only where it is parsed. */
const cvssOf = (text: string): Json => ({
  ...entryWith(),
  cvss: JSON.parse(text),
});

const vendor = (vector: string) => JSON.stringify({ V3Vector: vector });

it('reads what an entry says of its vulnerability', () => {
  expect(saidOf(entryWith(), ID)).toEqual(SAID);
  expect(saidOf({}, ID)).toEqual({});
});

it('gives equal entries the very same values', () => {
  const first = saidOf(entryWith(), ID);
  const again = saidOf(
    entryWith({ resource: 'libssl3', severity: 'LOW', target: 'app' }),
    ID,
  );
  expect(again).toBe(first);
  expect(again.cvss).toBe(first.cvss);
});

it('keeps what is said of one vulnerability from another', () => {
  const first = saidOf(entryWith(), 'CVE-2026-3');
  const other = saidOf(entryWith({ title: 'zlib' }), '__proto__');
  expect(other).toEqual({ ...SAID, title: 'zlib' });
  expect(saidOf(entryWith(), 'CVE-2026-3')).toBe(first);
});

it.each<[string, Json, Json]>([
  ['title', entryWith({ title: 'other' }), { title: 'other' }],
  ['no title', entryWith({ title: undefined }), { title: undefined }],
  ['a title that is none', entryWith({ title: {} }), { title: undefined }],
  [
    'link',
    entryWith({ primaryLink: 'https://example.com/' }),
    { link: 'https://example.com/' },
  ],
  [
    'link that may not be shown',
    entryWith({ primaryLink: 'http://example.com/' }),
    { link: undefined },
  ],
  [
    'date',
    entryWith({ publishedDate: '2026-01-03T00:00:00Z' }),
    { publishedAt: '2026-01-03T00:00:00.000Z' },
  ],
  [
    'score where vendors give none',
    entryWith({ score: 5, cvss: undefined }),
    { score: 5, scoreStated: true, cvss: undefined },
  ],
  [
    'no score',
    entryWith({ score: undefined, cvss: undefined }),
    { score: undefined, cvss: undefined },
  ],
  [
    'vector',
    cvssOf(`{"nvd":${vendor(V3_LOW)}}`),
    { cvss: [rating('nvd', V3_LOW, 4)], score: 4 },
  ],
  [
    'vendor',
    cvssOf(`{"ghsa":${vendor(V3)}}`),
    { cvss: [rating('ghsa')], score: 9.8 },
  ],
  [
    'vendor more',
    cvssOf(`{"ghsa":${vendor(V3_LOW)},"nvd":${vendor(V3)}}`),
    { cvss: [rating('ghsa', V3_LOW, 4), rating('nvd')] },
  ],
  ['vendor less', cvssOf('{}'), { cvss: undefined, scoreStated: true }],
  [
    'vendor with another name',
    cvssOf(`{"__proto__":${vendor(V3)}}`),
    { cvss: [rating('__proto__')] },
  ],
  [
    'vendor named __proto__ that says something else',
    cvssOf(`{"__proto__":${vendor(V3_LOW)}}`),
    { cvss: [rating('__proto__', V3_LOW, 4)], score: 4 },
  ],
  [
    'vendor with a field of another name',
    cvssOf(`{"nvd":{"__proto__":"${V3}"}}`),
    { cvss: undefined, scoreStated: true },
  ],
  [
    'vendor with a score alone',
    cvssOf('{"nvd":{"V3Score":3.1}}'),
    { cvss: undefined, score: 3.1, scoreStated: true },
  ],
  [
    'vendor that is none',
    cvssOf('{"nvd":null}'),
    { cvss: undefined, scoreStated: true },
  ],
  [
    'ratings that are none',
    cvssOf('[{}]'),
    { cvss: undefined, scoreStated: true },
  ],
])('reads an entry of another %s for itself', (_, entry, said) => {
  // One after the other, there and back.
  expect(saidOf(entryWith(), ID)).toEqual(SAID);
  expect(saidOf(entry, ID)).toEqual({ ...SAID, ...said });
  expect(saidOf(entryWith(), ID)).toEqual(SAID);
});

it('reads ratings that differ only in what stands by __proto__ for themselves', () => {
  const [first, second] = [V3, V3_LOW].map(vector =>
    saidOf(cvssOf(`{"__proto__":${vendor(vector)}}`), ID),
  );
  expect(first.cvss).toEqual([rating('__proto__')]);
  expect(second.cvss).toEqual([rating('__proto__', V3_LOW, 4)]);
});

it('reads ratings nested as deep as an API server accepts, again and again', () => {
  // https://github.com/kubernetes-sigs/json: at most 10,000 levels.
  const depth = 9_990;
  const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const entry = () => cvssOf(`{"nvd":{"V3Vector":"${V3}","x":${nested}}}`);
  expect(saidOf(entry(), ID)).toEqual(SAID);
  expect(saidOf(entry(), ID)).toEqual(SAID);
});

it('reads more vulnerabilities than it remembers', () => {
  const ids = Array.from({ length: 10_001 }, (_, number) => `CVE-1-${number}`);
  for (const id of [...ids, ...ids.slice(0, 2)]) {
    expect(saidOf({ title: id }, id).title).toBe(id);
  }
});

it.each<[string, Json]>([
  ['a title', { title: 'x'.repeat(2_049) }],
  ['a rating', { cvss: { nvd: { V3Vector: 'x'.repeat(2_049) } } }],
  ['a value that is no vendor', { cvss: 'x'.repeat(2_049) }],
  ['a list', { cvss: { nvd: [V3] } }],
  ['a field with fields', { cvss: { nvd: { V3Vector: { of: V3 } } } }],
  [
    'many vendors',
    {
      cvss: Object.fromEntries(
        Array.from({ length: 21 }, (_, index) => [`vendor ${index}`, {}]),
      ),
    },
  ],
  [
    'many fields',
    {
      cvss: {
        nvd: Object.fromEntries(
          Array.from({ length: 13 }, (_, index) => [`V${index}Score`, 1]),
        ),
      },
    },
  ],
])('remembers nothing that is out of the ordinary: %s', (_, rest) => {
  const first = saidOf(entryWith(rest), 'CVE-2026-9');
  const again = saidOf(entryWith(rest), 'CVE-2026-9');
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
