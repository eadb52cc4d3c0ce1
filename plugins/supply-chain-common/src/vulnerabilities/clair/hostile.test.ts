import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseClairReport } from './parseClairReport';

type Json = Record<string, any>;

const whole: Json = JSON.parse(
  readFileSync(
    join(__dirname, '__fixtures__', 'payments.vulnerability_report.json'),
    'utf8',
  ),
);

/** Paths of every value. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) =>
          pathsOf(each, [...path, key]),
        )
      : [];
  return path.length > 0 ? [path, ...inner] : inner;
}

function withValue(path: string[], value: unknown): Json {
  const copy = structuredClone(whole);
  const parent = path.slice(0, -1).reduce((each, key) => each[key], copy);
  parent[path.at(-1)!] = value;
  return copy;
}

const HOSTILE: unknown[] = [
  null,
  true,
  7,
  -1,
  '',
  'x',
  '\u202e\ud800',
  [],
  [null],
  [[[]]],
  {},
  { toString: 1, valueOf: 1 },
  { toJSON: {}, constructor: null, hasOwnProperty: 1 },
];

describe('whatever stands in a report', () => {
  it('no value breaks its reader', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...pathsOf(whole)),
        fc.constantFrom(...HOSTILE),
        (path, value) => {
          const text = JSON.stringify(withValue(path, value));
          expect(typeof parseClairReport(text).ok).toBe('boolean');
        },
      ),
      { numRuns: 1_500 },
    );
  });

  const report = (rest: Json) => ({
    manifest_hash: `sha256:${'a'.repeat(64)}`,
    packages: { p: { name: 'zlib', version: '1' } },
    ...rest,
  });

  it('an advisory about thousands of vulnerabilities for thousands of packages is refused soon', () => {
    const ids = Array.from(
      { length: 1_000 },
      (_, at) => `CVE-2024-${1e4 + at}`,
    );
    const packages = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, at) => [
        `p${at}`,
        { name: 'zlib', version: '1' },
      ]),
    );
    const document = report({
      packages,
      vulnerabilities: { v: { name: 'RHSA-2024:1', links: ids.join(' ') } },
      package_vulnerabilities: Object.fromEntries(
        Object.keys(packages).map(key => [key, ['v']]),
      ),
    });
    expect(parseClairReport(JSON.stringify(document))).toMatchObject({
      ok: false,
      reason: 'reportTooLarge',
    });
  });

  it('thousands of advisories about one vulnerability do not cost the square of their number', () => {
    const vulnerabilities = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [
        `v${at}`,
        { name: `RHSA-2024:${at}`, links: 'CVE-2024-1234' },
      ]),
    );
    const document = report({
      vulnerabilities,
      package_vulnerabilities: { p: Object.keys(vulnerabilities) },
    });
    const parsed = parseClairReport(JSON.stringify(document));
    expect(parsed.ok && parsed.report.detail.findings).toHaveLength(1);
  });
});
