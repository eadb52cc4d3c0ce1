import fc from 'fast-check';
import { Severity, VulnerabilityFinding } from '../../model/vulnerability';
import { vulnerability } from '../../testing/exampleFacts';
import { MergedFinding, mergeFindings } from '../merge';
import { JudgedFinding } from '../vex';
import {
  compareFindings,
  ComparedFinding,
  ComparedScans,
  countChanges,
  FINDING_CHANGES,
  isSetAside,
  shownFinding,
} from './compareFindings';

const merged = (
  findings: Partial<VulnerabilityFinding>[],
  scanner = 'Trivy',
): MergedFinding[] =>
  mergeFindings([
    {
      scanner,
      scannedAt: '2026-11-20T10:00:00Z',
      findings: findings.map(each => vulnerability(each)),
    },
  ]);

const scans = (
  findings: Partial<VulnerabilityFinding>[],
  rest: Partial<ComparedScans> = {},
): ComparedScans => ({
  findings: merged(findings),
  scanners: ['Trivy'],
  ...rest,
});

const changesOf = (before: ComparedScans, after: ComparedScans) =>
  compareFindings(before, after).map(({ change, reason }) =>
    reason ? `${change}(${reason})` : change,
  );

describe('compareFindings', () => {
  it('tells what is fixed, new, changed and unchanged', () => {
    const compared = compareFindings(
      scans([
        { id: 'CVE-2026-1001' },
        { id: 'CVE-2026-1002' },
        { id: 'CVE-2026-1003', severity: 'low' },
        { id: 'CVE-2026-1004', fixedVersion: undefined, fixState: 'wontFix' },
      ]),
      scans([
        { id: 'CVE-2026-1002' },
        { id: 'CVE-2026-1003', severity: 'high' },
        { id: 'CVE-2026-1004', fixedVersion: undefined, fixState: 'notFixed' },
        { id: 'CVE-2026-1005' },
      ]),
    );
    expect(
      Object.fromEntries(
        compared.map(each => [shownFinding(each).id, each.change]),
      ),
    ).toEqual({
      'CVE-2026-1001': 'fixed',
      'CVE-2026-1002': 'unchanged',
      'CVE-2026-1003': 'changed',
      'CVE-2026-1004': 'changed',
      'CVE-2026-1005': 'new',
    });
    expect(countChanges(compared)).toMatchObject({
      new: { critical: 1 },
      fixed: { critical: 1 },
      changed: { high: 1, critical: 1 },
      unchanged: { critical: 1 },
    });
  });

  it('counts nothing that VEX sets aside, and says what it is', () => {
    const [curl, zlib, xz] = merged([
      { id: 'CVE-2026-1001' },
      { id: 'CVE-2026-1002' },
      { id: 'CVE-2026-1003' },
    ]);
    const aside = (finding: JudgedFinding): JudgedFinding => ({
      ...finding,
      notAffected: true,
    });
    const scannersOf = { scanners: ['Trivy'] };
    const compared = compareFindings(
      { ...scannersOf, findings: [aside(curl), zlib] },
      { ...scannersOf, findings: [aside(zlib), aside(xz)] },
    );
    expect(
      compared.map(each => [shownFinding(each).id, each.change]).sort(),
    ).toEqual([
      ['CVE-2026-1001', 'fixed'],
      ['CVE-2026-1002', 'changed'],
      ['CVE-2026-1003', 'new'],
    ]);
    expect(compared.every(isSetAside)).toBe(true);
    for (const counts of Object.values(countChanges(compared))) {
      expect(counts.critical).toBe(0);
    }
  });

  it('counts what VEX sets aside under one name and not under another', () => {
    const [known] = merged([{ id: 'CVE-2026-1001' }]);
    const findings = [{ ...known, notAffected: true as const }, known];
    const [both] = compareFindings(
      { scanners: [], findings },
      { scanners: [], findings },
    );
    expect(isSetAside(both)).toBe(false);
  });

  it.each<
    [string, Partial<VulnerabilityFinding>, Partial<VulnerabilityFinding>]
  >([
    ['another version', {}, { installedVersion: '3.0.0' }],
    [
      'another version in its package URL',
      { purl: 'pkg:deb/debian/openssl@3.0.1' },
      { purl: 'pkg:deb/debian/openssl@3.0.0', installedVersion: '3.0.0' },
    ],
    [
      'a file that is named after its version',
      { path: 'app/openssl-3.0.1.jar' },
      { path: 'app/openssl-3.0.0.jar', installedVersion: '3.0.0' },
    ],
    [
      'another name of the vulnerability',
      { aliases: ['GHSA-aaaa'] },
      { id: 'GHSA-aaaa' },
    ],
    ['a scanner that names no path', { path: 'a.jar' }, {}],
    ['a scanner that names no package URL', { purl: 'pkg:npm/openssl' }, {}],
    [
      'a scanner that names neither',
      { purl: 'pkg:npm/openssl', path: 'a' },
      {},
    ],
    [
      'scanners that each name the other thing',
      { purl: 'pkg:npm/openssl' },
      { path: 'a' },
    ],
    [
      'a state of the fix beside its version',
      { fixState: 'fixed' },
      { fixState: undefined },
    ],
    [
      'no state of the fix, which is an unknown one',
      { fixedVersion: undefined, fixState: 'unknown' },
      { fixedVersion: undefined },
    ],
  ])('takes for the same: %s', (_what, left, right) => {
    expect(changesOf(scans([left]), scans([right]))).toEqual(['unchanged']);
    expect(changesOf(scans([right]), scans([left]))).toEqual(['unchanged']);
  });

  it.each<
    [string, Partial<VulnerabilityFinding>, Partial<VulnerabilityFinding>]
  >([
    ['package', {}, { packageName: 'libssl' }],
    ['kind of package', { purl: 'pkg:npm/a' }, { purl: 'pkg:gem/a' }],
    ['file', { path: 'a.jar' }, { path: 'b.jar' }],
    [
      'number in a path that only holds the version',
      { path: 'lib-11/a', installedVersion: '1' },
      { path: 'lib-12/a', installedVersion: '2' },
    ],
  ])('keeps another %s apart', (_what, left, right) => {
    expect(changesOf(scans([left]), scans([right])).sort()).toEqual([
      'fixed',
      'new',
    ]);
  });

  it('pairs several versions of one package by version first', () => {
    const compared = compareFindings(
      scans([{ installedVersion: '1' }, { installedVersion: '2' }]),
      scans([{ installedVersion: '2' }]),
    );
    expect(compared).toMatchObject([
      { change: 'unchanged', before: { installedVersion: '2' } },
      { change: 'fixed', before: { installedVersion: '1' } },
    ]);
  });

  it('does not take a vulnerability for fixed that only goes by one name less', () => {
    const before = scans([
      { id: 'GHSA-aaaa', severity: 'low' },
      { id: 'PYSEC-1', severity: 'high', fixedVersion: undefined },
    ]);
    const after = scans([
      { id: 'CVE-2026-1000', aliases: ['GHSA-aaaa', 'PYSEC-1'] },
    ]);
    const compared = compareFindings(before, after);
    expect(compared).toMatchObject([
      {
        change: 'changed',
        before: { id: 'PYSEC-1', severity: 'high', fixedVersion: '3.0.2' },
        after: { id: 'CVE-2026-1000' },
      },
    ]);
  });

  describe('when a side was not scanned well enough (L8)', () => {
    const found = scans([{}]);
    const nothing = (rest: Partial<ComparedScans>) => scans([], rest);

    it.each(['notScanned', 'scanStale', 'scannerUnavailable'] as const)(
      'cannot tell what is fixed or new: %s',
      incomplete => {
        const side = nothing({ incomplete });
        expect(changesOf(found, side)).toEqual([`mayBeFixed(${incomplete})`]);
        expect(changesOf(side, found)).toEqual([`mayBeNew(${incomplete})`]);
      },
    );

    it('still tells what both have, and what the side that is scanned lacks', () => {
      const stale = scans([{}, { id: 'CVE-2026-2000' }], {
        incomplete: 'scanStale',
      });
      expect(changesOf(stale, found).sort()).toEqual(['fixed', 'unchanged']);
      expect(changesOf(found, stale).sort()).toEqual(['new', 'unchanged']);
    });

    it('asks that everybody who found it has looked at the other image', () => {
      const both = scans([], {
        findings: mergeFindings(
          ['Trivy', 'Clair'].map(scanner => ({
            scanner,
            scannedAt: '2026-11-20T10:00:00Z',
            findings: [vulnerability()],
          })),
        ),
        scanners: ['Clair', 'Trivy'],
      });
      expect(changesOf(both, nothing({}))).toEqual([
        'mayBeFixed(scannedByOthers)',
      ]);
      expect(changesOf(nothing({}), both)).toEqual([
        'mayBeNew(scannedByOthers)',
      ]);
      expect(
        changesOf(both, nothing({ scanners: ['Clair', 'Trivy', 'Grype'] })),
      ).toEqual(['fixed']);
    });
  });

  describe('for any findings', () => {
    const finding = fc.record({
      id: fc.constantFrom('CVE-2026-1000', 'CVE-2026-2000', 'GHSA-a', 'GHSA-b'),
      aliases: fc.constantFrom(undefined, ['GHSA-a'], ['CVE-2026-1000']),
      packageName: fc.constantFrom('openssl', 'OpenSSL', 'zlib'),
      installedVersion: fc.constantFrom('1', '1.1', '2', ''),
      purl: fc.constantFrom(undefined, 'pkg:npm/a@1', 'pkg:gem/a@2'),
      path: fc.constantFrom(undefined, 'a-1.jar', 'a-2.jar', 'b'),
      severity: fc.constantFrom<Severity[]>('critical', 'low', 'unknown'),
      fixedVersion: fc.constantFrom(undefined, '9'),
    });
    const side = fc
      .record({
        findings: fc.array(finding, { maxLength: 8 }),
        scanner: fc.constantFrom('Trivy', 'Clair'),
        incomplete: fc.constantFrom(undefined, 'scanStale' as const),
        scanners: fc.subarray(['Clair', 'Trivy']),
      })
      .map(({ findings, scanner, ...rest }) => ({
        ...rest,
        findings: merged(findings as Partial<VulnerabilityFinding>[], scanner),
      }));

    const MIRRORED = {
      new: 'fixed',
      fixed: 'new',
      mayBeNew: 'mayBeFixed',
      mayBeFixed: 'mayBeNew',
      changed: 'changed',
      unchanged: 'unchanged',
    } as const;
    const texts = (list: ComparedFinding[]) =>
      list.map(each => JSON.stringify(each)).sort();
    const sum = (counts: Record<string, number>) =>
      Object.values(counts).reduce((left, right) => left + right, 0);

    it('finds nothing new or fixed in an image compared with itself', () => {
      fc.assert(
        fc.property(side, image => {
          const changes = compareFindings(image, image);
          expect(new Set(changes.map(each => each.change))).toEqual(
            new Set(image.findings.length > 0 ? ['unchanged'] : []),
          );
        }),
      );
    });

    it('says the same the other way round', () => {
      fc.assert(
        fc.property(side, side, (before, after) => {
          const mirrored = compareFindings(after, before).map(
            ({ change, reason, ...rest }): ComparedFinding => ({
              change: MIRRORED[change],
              ...(reason && { reason }),
              ...(rest.after && { before: rest.after }),
              ...(rest.before && { after: rest.before }),
            }),
          );
          expect(texts(compareFindings(before, after))).toEqual(
            texts(mirrored),
          );
        }),
        { numRuns: 500 },
      );
    });

    it('has each finding once, and counts what it has', () => {
      fc.assert(
        fc.property(side, side, (before, after) => {
          const compared = compareFindings(before, after);
          const counts = countChanges(compared);
          expect(FINDING_CHANGES.map(change => sum(counts[change]))).toEqual(
            FINDING_CHANGES.map(
              change => compared.filter(each => each.change === change).length,
            ),
          );
          for (const [key, image] of [
            ['before', before],
            ['after', after],
          ] as const) {
            const shown = compared.flatMap(each => each[key] ?? []);
            expect(shown.length).toBeLessThanOrEqual(image.findings.length);
            for (const {
              packageName,
              installedVersion,
              severity,
            } of image.findings) {
              expect(
                shown.some(
                  each =>
                    each.packageName.toLowerCase() ===
                      packageName.toLowerCase() &&
                    each.installedVersion === installedVersion &&
                    (severity !== 'critical' || each.severity === 'critical'),
                ),
              ).toBe(true);
            }
          }
        }),
      );
    });

    it('calls nothing fixed or new that nobody has looked for', () => {
      fc.assert(
        fc.property(side, side, (before, after) => {
          const told = compareFindings(before, after).filter(
            ({ change }) => change === 'fixed' || change === 'new',
          );
          for (const each of told) {
            const other = each.before ? after : before;
            expect(other.incomplete).toBeUndefined();
            for (const { scanner } of shownFinding(each).sources) {
              expect(other.scanners).toContain(scanner);
            }
          }
        }),
      );
    });
  });

  it('compares as many findings as a report may have in a moment', () => {
    const many = (version: string) =>
      scans(
        Array.from({ length: 20_000 }, (_, index) => ({
          installedVersion: version,
          path: index % 2 ? `a/${index}.jar` : undefined,
          purl: index % 3 ? `pkg:npm/openssl@${version}` : undefined,
          severity: 'low' as const,
        })),
      );
    const started = Date.now();
    compareFindings(many('1'), many('2'));
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
