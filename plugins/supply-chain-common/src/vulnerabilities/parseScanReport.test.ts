import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseScanReport } from './parseScanReport';
import { SCAN_REPORT_MAX_BYTES } from './scanReport';

type Json = Record<string, any>;

const fixture = (path: string) =>
  readFileSync(join(__dirname, ...path.split('/')), 'utf8');

const sha = `sha256:${'a'.repeat(64)}`;

const GRYPE = JSON.stringify({
  matches: ['CVE-2026-1001', 'CVE-2026-1002'].map(id => ({
    vulnerability: { id, severity: 'High', fix: { versions: ['2'] } },
    relatedVulnerabilities: [{ id }],
    artifact: { name: 'openssl', version: '1', locations: [] },
  })),
  source: { type: 'image', target: { manifestDigest: sha } },
  descriptor: { name: 'grype', timestamp: '2026-11-20T12:00:00Z' },
});

const VALID: [string, string][] = [
  ['trivy', fixture('trivy/__fixtures__/payments-2.3.0.json')],
  ['cyclonedx', fixture('cyclonedx/__fixtures__/payments-2.3.0.json')],
  ['grype', GRYPE],
];

const findingsOf = (document: string) => {
  const parsed = parseScanReport(document);
  return parsed.ok ? parsed.report.detail.findings.length : undefined;
};

/** The document with the value at one place of it replaced. */
function replaced(document: string, steps: number[], value: unknown): string {
  const root: Json = JSON.parse(document);
  let holder = root;
  for (const step of steps.slice(0, -1)) {
    const inner = Object.values(holder).filter(
      each => typeof each === 'object' && each !== null,
    );
    holder = inner.length > 0 ? inner[step % inner.length] : holder;
  }
  const keys = Object.keys(holder);
  holder[keys[steps[steps.length - 1] % keys.length]] = value;
  return JSON.stringify(root);
}

/** A path to one value of each kind that a document has. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  const places = new Map([['', path]]);
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      for (const each of placesIn(inner, [...path, key])) {
        const kind = each.map(step => (+step >= 0 ? '*' : step)).join();
        places.set(kind, each);
      }
    }
  }
  return [...places.values()];
}

describe('parseScanReport', () => {
  it.each(VALID)('recognises %s from the document itself', (format, text) => {
    expect(parseScanReport(text)).toMatchObject({
      ok: true,
      report: { format },
    });
    expect(findingsOf(text)).toBeGreaterThan(0);
  });

  it.each<[string, string, string, string]>([
    ['anything else', '{}', 'reportFormatUnknown', 'of Grype (matches)'],
    [
      'SARIF of nobody',
      '{"version":"2.1.0","runs":[]}',
      'reportFormatUnknown',
      'expected the tool "Trivy", got none',
    ],
    ['a list', '[]', 'malformedReport', 'JSON object'],
    ['XML', '<bom/>', 'malformedReport', ''],
    [
      'a key that stands twice',
      '{"matches":[],"matches":[]}',
      'malformedReport',
      'twice',
    ],
    [
      'what is nested too deep',
      `{"matches":${'['.repeat(64)}${']'.repeat(64)}}`,
      'malformedReport',
      'levels',
    ],
  ])('refuses %s', (_what, text, reason, message) => {
    expect(parseScanReport(text)).toEqual({
      ok: false,
      reason,
      message: expect.stringContaining(message),
    });
  });

  it('refuses what is too large before it reads it', () => {
    expect(
      parseScanReport(new Uint8Array(SCAN_REPORT_MAX_BYTES + 1)),
    ).toMatchObject({ ok: false, reason: 'reportTooLarge' });
  });

  it('never throws, whatever the document', () => {
    const marked = fc
      .record(
        {
          SchemaVersion: fc.constantFrom(2, null),
          ArtifactType: fc.constantFrom('container_image', 7),
          CreatedAt: fc.constantFrom('2026-11-20T12:00:00Z', ''),
          bomFormat: fc.constantFrom('CycloneDX', 1),
          specVersion: fc.constantFrom('1.6', '9'),
          metadata: fc.jsonValue(),
          matches: fc.jsonValue(),
          Results: fc.jsonValue(),
          vulnerabilities: fc.jsonValue(),
          components: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map(each => JSON.stringify(each));
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), marked), document => {
        expect(typeof parseScanReport(document).ok).toBe('boolean');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), document => {
        expect(parseScanReport(document).ok).toBe(false);
      }),
    );
  });

  // Values that throw when they are made texts, and those that other readers take for something else.
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      { toString: 1, valueOf: 1 },
      [{ toString: null }],
      JSON.parse('{"__proto__":{"length":-1}}'),
      { length: 1e9 },
      'constructor',
      '\u0000\u202e',
      -1e308,
    ),
  );

  it.each(VALID)(
    'takes nothing in %s for a text that cannot be made one',
    (_format, text) => {
      const places = placesIn(JSON.parse(text)).filter(each => each.length > 0);
      expect(places.length).toBeGreaterThan(10);
      for (const place of places) {
        const report = JSON.parse(text);
        const holder = place
          .slice(0, -1)
          .reduce((each, step) => each[step], report);
        holder[place[place.length - 1]] = { toString: 1, valueOf: 1 };
        expect(typeof parseScanReport(JSON.stringify(report)).ok).toBe(
          'boolean',
        );
      }
    },
  );

  it.each(VALID)(
    'never throws on %s with any value replaced',
    (_format, text) => {
      fc.assert(
        fc.property(
          fc.array(fc.nat(50), { minLength: 1, maxLength: 7 }),
          hostile,
          (steps, value) => {
            const document = replaced(text, steps, value);
            expect(typeof parseScanReport(document).ok).toBe('boolean');
          },
        ),
        { numRuns: 1_000 },
      );
    },
  );

  it.each(VALID)(
    'never finds less in %s that is cut off: it refuses it',
    (_format, text) => {
      fc.assert(
        fc.property(fc.nat(text.trimEnd().length - 1), length => {
          expect(findingsOf(text.slice(0, length))).toBeUndefined();
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each(VALID)(
    'never passes over a finding of %s that it cannot read',
    (format, text) => {
      const lists: Record<string, (report: Json) => unknown[][]> = {
        trivy: report =>
          report.Results.flatMap((each: Json) =>
            each.Vulnerabilities ? [each.Vulnerabilities] : [],
          ),
        cyclonedx: report => [report.vulnerabilities],
        grype: report => [report.matches],
      };
      fc.assert(
        fc.property(fc.nat(), fc.nat(), fc.jsonValue(), (list, at, value) => {
          const report = JSON.parse(text);
          const all = lists[format](report);
          const chosen = all[list % all.length];
          chosen[at % chosen.length] = value;
          expect(parseScanReport(JSON.stringify(report))).toMatchObject({
            ok: false,
            reason: 'malformedReport',
          });
        }),
      );
    },
  );
});
