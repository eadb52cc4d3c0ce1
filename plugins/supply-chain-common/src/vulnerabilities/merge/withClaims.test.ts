import { vulnerability } from '../../testing/exampleFacts';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { mergeFindings } from './mergeFindings';
import { withClaims } from './withClaims';

type Said = Partial<VulnerabilityFinding>;

const AT = '2026-11-20T10:00:00Z';
const OWN = {
  id: 'CVE-2026-1000',
  severity: 'low',
  fixedVersion: undefined,
  fixState: 'notFixed',
  publishedAt: '2026-01-01T00:00:00Z',
} as const;

const claimed = (own: Said[], claims: Said[]) =>
  withClaims(
    mergeFindings([
      {
        scanner: 'Clair',
        scannedAt: AT,
        findings: own.map(each => vulnerability({ ...OWN, ...each })),
      },
    ]),
    mergeFindings([
      {
        scanner: 'Trivy',
        scannedAt: AT,
        trust: 'tokenUpload',
        findings: claims.map(each => vulnerability({ ...OWN, ...each })),
      },
    ]),
  );

describe('a claim about a finding of our own', () => {
  it('raises its severity and adds its fix, and nothing else', () => {
    const [row, ...others] = claimed(
      [{}],
      [
        {
          severity: 'critical',
          severitySource: 'nvd',
          fixedVersion: '4',
          fixState: 'fixed',
          aliases: ['GHSA-aaaa'],
          publishedAt: '2026-11-01T00:00:00Z',
          title: 'Another title',
        },
      ],
    );
    const [own] = claimed([{}], []);
    expect(others).toEqual([]);
    expect(row).toEqual({
      ...own,
      severity: 'critical',
      severitySource: 'nvd',
      fixedVersion: '4',
      fixState: 'fixed',
      sources: [
        expect.objectContaining({ scanner: 'Clair', severity: 'low' }),
        expect.objectContaining({ scanner: 'Trivy', trust: 'tokenUpload' }),
      ],
    });
  });

  it.each<[string, Said, Said]>([
    ['severity', { severity: 'high' }, { severity: 'low' }],
    ['severity by nobody', { severity: 'high' }, { severity: 'unknown' }],
    ['fix', { fixedVersion: '3', fixState: 'fixed' }, { fixedVersion: '4' }],
    ['plan', { fixState: 'unknown' }, { fixState: 'wontFix' }],
  ])('makes no %s milder', (_what, own, claim) => {
    const [row, ...others] = claimed([own], [claim]);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ ...OWN, ...own });
    expect(row.sources).toHaveLength(2);
  });

  it.each<[string, Said, Said]>([
    ['severity', { severity: 'unknown' }, { severity: 'medium' }],
    ['fix', { fixState: 'unknown' }, { fixedVersion: '4', fixState: 'fixed' }],
  ])('does not answer what ours cannot tell: %s', (_what, own, claim) => {
    const rows = claimed([own], [claim]);
    expect(rows).toMatchObject([
      { ...OWN, ...own },
      { ...OWN, ...claim },
    ]);
  });

  it('may say that what nobody rates is critical: no rule counts less', () => {
    expect(
      claimed([{ severity: 'unknown' }], [{ severity: 'critical' }]),
    ).toMatchObject([{ severity: 'critical' }]);
  });

  it('is about every place it may mean', () => {
    const places = [{ path: 'a' }, { path: 'b' }];
    for (const claim of [
      { severity: 'high' },
      { severity: 'high', packageName: '' },
    ] as const) {
      expect(claimed(places, [claim])).toMatchObject([
        { path: 'a', severity: 'high' },
        { path: 'b', severity: 'high' },
      ]);
    }
    expect(claimed(places, [{ severity: 'high', path: 'b' }])).toMatchObject([
      { path: 'a', severity: 'low' },
      { path: 'b', severity: 'high' },
    ]);
  });

  it.each<[string, Said]>([
    ['vulnerability', { id: 'CVE-2026-2000', aliases: ['CVE-2026-1000'] }],
    ['place', { path: 'elsewhere' }],
    ['package', { packageName: 'zlib' }],
    ['version', { installedVersion: '1' }],
  ])('is none when it is of another %s', (_what, claim) => {
    expect(claimed([{ path: 'here' }], [claim])).toHaveLength(2);
  });
});
