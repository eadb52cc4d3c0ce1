import fc from 'fast-check';
import { vulnerability } from '../../testing/exampleFacts';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { mergeFindings } from './mergeFindings';

const AT = '2026-11-20T10:00:00Z';

const trivy = (...findings: Partial<VulnerabilityFinding>[]) => ({
  scanner: 'Trivy',
  scannedAt: AT,
  findings: findings.map(each => vulnerability(each)),
});

const clair = (...findings: Partial<VulnerabilityFinding>[]) => ({
  ...trivy(...findings),
  scanner: 'Clair',
});

const CVE = 'CVE-2026-1000';
const GHSA = 'GHSA-aaaa-bbbb-cccc';
const NO_PLACE = { purl: undefined, path: undefined };

describe('mergeFindings', () => {
  it('makes one row of what two scanners rate differently, and keeps both', () => {
    const merged = mergeFindings([
      trivy({ id: CVE, severity: 'low', fixedVersion: undefined }),
      clair({ id: CVE, severity: 'high', fixedVersion: '3.0.3' }),
    ]);
    expect(merged).toMatchObject([
      {
        id: CVE,
        severity: 'high',
        fixedVersion: '3.0.3',
        sources: [
          { scanner: 'Clair', id: CVE, severity: 'high', scannedAt: AT },
          { scanner: 'Trivy', id: CVE, severity: 'low', scannedAt: AT },
        ],
      },
    ]);
  });

  it('knows a vulnerability by whatever name a scanner gives it', () => {
    const merged = mergeFindings([
      trivy({ id: GHSA, aliases: [CVE], advisories: ['DSA-1'] }),
      clair({ id: CVE, advisories: ['RHSA-1', 'DSA-1'] }),
    ]);
    expect(merged).toMatchObject([
      {
        id: CVE,
        aliases: [GHSA],
        advisories: ['DSA-1', 'RHSA-1'],
        sources: [
          { scanner: 'Clair', id: CVE },
          { scanner: 'Trivy', id: GHSA, aliases: [CVE] },
        ],
        clockKeys: [`${CVE}|openssl`, `${GHSA}|openssl`],
      },
    ]);
  });

  it('makes one of what a scanner lists under two names itself', () => {
    const merged = mergeFindings([
      trivy({ id: CVE, aliases: [GHSA] }, { id: GHSA, aliases: [CVE] }),
    ]);
    expect(merged.map(({ id, aliases }) => [id, aliases])).toEqual([
      [CVE, [GHSA]],
    ]);
  });

  it('is the same for a scan alone as for the same scan twice', () => {
    const scan = trivy(
      { id: CVE, aliases: [GHSA], severity: 'low' },
      { id: 'CVE-2026-2000', fixedVersion: undefined },
    );
    expect(mergeFindings([scan])).toEqual(mergeFindings([scan, scan]));
  });

  it.each([
    ['unknown', 'wontFix', 'wontFix'],
    ['notFixed', 'fixed', 'fixed'],
    ['unknown', undefined, 'unknown'],
  ] as const)(
    'takes who knows of a fix at his word: %s and %s',
    (left, right, expected) => {
      const of = (fixState?: 'unknown' | 'wontFix' | 'notFixed' | 'fixed') => ({
        fixedVersion: undefined,
        ...(fixState && { fixState }),
      });
      const [merged] = mergeFindings([trivy(of(left)), clair(of(right))]);
      expect(merged.fixState).toBe(expected);
    },
  );

  it('forgets an alias with the scan that said so', () => {
    const [byTrivy] = mergeFindings([trivy({ id: GHSA })]);
    expect(byTrivy).toMatchObject({ id: GHSA, clockKeys: [`${GHSA}|openssl`] });
    expect(byTrivy).not.toHaveProperty('aliases');
  });

  it('keeps what one scanner lists twice apart', () => {
    const list = [
      { path: 'a.jar' },
      { path: 'b.jar' },
      { path: 'a.jar', purl: 'pkg:maven/x/y@1' },
    ];
    expect(mergeFindings([trivy(...list)])).toHaveLength(3);
  });

  it('lets a scanner that names no place confirm every place another one names', () => {
    const merged = mergeFindings([
      clair({ ...NO_PLACE, severity: 'critical' }),
      trivy(
        { path: 'a.jar', severity: 'low' },
        { path: 'b.jar', severity: 'low' },
      ),
    ]);
    expect(merged.map(({ path, severity }) => [path, severity])).toEqual([
      ['a.jar', 'critical'],
      ['b.jar', 'critical'],
    ]);
  });

  it.each<
    [string, Partial<VulnerabilityFinding>, Partial<VulnerabilityFinding>]
  >([
    [
      'qualifiers and versions of package URLs',
      { purl: 'pkg:deb/debian/openssl@3.0.2?arch=amd64&distro=debian-12' },
      { purl: 'pkg:deb/Debian/openssl@1:3.0.2' },
    ],
    [
      'spellings of Python',
      { purl: 'pkg:pypi/my.pkg@1', packageName: 'My.Pkg' },
      { purl: 'pkg:pypi/my.pkg', packageName: 'my-pkg' },
    ],
    [
      'the v of Go',
      { installedVersion: 'v1.2.3' },
      { installedVersion: '1.2.3' },
    ],
    [
      'an epoch of zero',
      { installedVersion: '0:2.9' },
      { installedVersion: '2.9' },
    ],
  ])('does not mind %s', (_what, left, right) => {
    expect(mergeFindings([trivy(left), clair(right)])).toHaveLength(1);
  });

  it.each<[string, Partial<VulnerabilityFinding>]>([
    ['version', { installedVersion: '3.0.9' }],
    ['package', { packageName: 'libssl', purl: 'pkg:deb/debian/libssl@3.0.2' }],
    ['kind of package', { purl: 'pkg:npm/openssl@3.0.2' }],
    ['file', { path: '/other' }],
    ['vulnerability', { id: 'CVE-2026-9999' }],
  ])('keeps another %s apart', (_what, other) => {
    const here = { purl: 'pkg:deb/debian/openssl@3.0.2', path: '/here' };
    const merged = mergeFindings([trivy(here), clair({ ...here, ...other })]);
    expect(merged).toHaveLength(2);
  });

  it('says of the same scanner only the worst, and what is missing from the next scan', () => {
    const merged = mergeFindings([
      trivy({
        severity: 'low',
        title: undefined,
        fixState: 'notFixed',
        fixedVersion: undefined,
      }),
      trivy({
        severity: 'high',
        title: 'A title',
        fixState: 'fixed',
        fixedVersion: '4',
      }),
    ]);
    expect(merged).toMatchObject([
      {
        severity: 'high',
        title: 'A title',
        fixState: 'fixed',
        fixedVersion: '4',
        sources: [{ scanner: 'Trivy', severity: 'high' }],
      },
    ]);
  });

  const finding = fc.record({
    id: fc.constantFrom(CVE, GHSA, 'CVE-2026-2000'),
    aliases: fc.constantFrom(undefined, [CVE], [GHSA]),
    packageName: fc.constantFrom('openssl', 'OpenSSL', 'zlib'),
    installedVersion: fc.constantFrom('1', 'v1', '2'),
    purl: fc.constantFrom(undefined, 'pkg:deb/debian/openssl@1', 'pkg:npm/a@1'),
    path: fc.constantFrom(undefined, 'a', 'b'),
    severity: fc.constantFrom('critical', 'low', 'unknown'),
    fixedVersion: fc.constantFrom(undefined, '9'),
  });
  const scans = fc.array(
    fc.record({
      scanner: fc.constantFrom('Clair', 'Grype', 'Trivy'),
      scannedAt: fc.constant(AT),
      findings: fc.array(finding, { maxLength: 6 }),
    }),
    { maxLength: 4 },
  );

  it('loses nothing anybody said, and makes nothing milder', () => {
    fc.assert(
      fc.property(scans, given => {
        const merged = mergeFindings(
          given as Parameters<typeof mergeFindings>[0],
        );
        const total = given.reduce(
          (sum, { findings }) => sum + findings.length,
          0,
        );
        expect(merged.length).toBeLessThanOrEqual(total);
        for (const { scanner, findings } of given) {
          for (const each of findings) {
            expect(
              merged.some(
                row =>
                  row.sources.some(
                    source =>
                      source.scanner === scanner && source.id === each.id,
                  ) &&
                  row.clockKeys.includes(`${each.id}|${each.packageName}`) &&
                  (each.severity !== 'critical' ||
                    row.severity === 'critical') &&
                  (!each.fixedVersion || row.fixedVersion !== undefined),
              ),
            ).toBe(true);
          }
        }
      }),
    );
  });
});
