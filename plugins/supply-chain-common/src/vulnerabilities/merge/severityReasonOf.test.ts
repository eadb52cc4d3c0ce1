import { Severity } from '../../model/vulnerability';
import { vulnerability } from '../../testing/exampleFacts';
import { mergeFindings } from './mergeFindings';
import { severityReasonOf } from './findingSources';

const scan = (
  scanner: string,
  severity: Severity,
  severitySource?: string,
  trust?: 'oidcUpload',
) => ({
  scanner,
  scannedAt: '2026-11-20T10:00:00Z',
  ...(trust && { trust }),
  findings: [
    vulnerability({ severity, ...(severitySource && { severitySource }) }),
  ],
});

const merged = (...scans: ReturnType<typeof scan>[]) => {
  const [row] = mergeFindings(scans);
  return row;
};

describe('severityReasonOf', () => {
  it('is what the only scanner says', () => {
    const row = merged(scan('Trivy', 'high', 'debian'));
    expect(severityReasonOf(row)).toEqual({
      scanner: 'Trivy',
      severitySource: 'debian',
      differs: false,
    });
  });

  it('is who gives the worst severity, and says that others differ', () => {
    const row = merged(
      scan('Clair', 'low', 'debian/updater'),
      scan('Trivy', 'high', 'nvd'),
    );
    expect(row).toMatchObject({ severity: 'high', severitySource: 'nvd' });
    expect(severityReasonOf(row)).toEqual({
      scanner: 'Trivy',
      severitySource: 'nvd',
      differs: true,
    });
  });

  it('does not borrow the name of a milder rating', () => {
    const row = merged(scan('Clair', 'low', 'debian'), scan('Trivy', 'high'));
    expect(row).not.toHaveProperty('severitySource');
    expect(severityReasonOf(row)).toEqual({ scanner: 'Trivy', differs: true });
  });

  it('prefers whoever says whose rating it is, and our own to what was handed in', () => {
    expect(
      severityReasonOf(
        merged(
          scan('A', 'high', 'claimed', 'oidcUpload'),
          scan('B', 'high'),
          scan('C', 'high', 'ghsa'),
        ),
      ),
    ).toEqual({ scanner: 'C', severitySource: 'ghsa', differs: false });
  });
});

describe('the ratings of a merged finding', () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
  const nvd = { source: 'nvd', version: '3.1', vector, score: 9.8 } as const;
  const redhat = { ...nvd, source: 'redhat' };
  const of = (...findings: Parameters<typeof vulnerability>[0][]) =>
    mergeFindings(
      findings.map((each, index) => ({
        ...scan(`scanner ${index}`, 'high'),
        findings: [vulnerability(each)],
      })),
    )[0];

  it('are those of every scanner, each once', () => {
    expect(
      of({ cvss: [redhat], score: 9.8 }, { cvss: [nvd, redhat], score: 9.8 }),
    ).toMatchObject({ cvss: [nvd, redhat], score: 9.8 });
  });

  it('prefer the score of a vector to one that is only said', () => {
    const stated = { score: 10, scoreStated: true } as const;
    const row = of(stated, { cvss: [redhat], score: 9.8 });
    expect(row.score).toBe(9.8);
    expect(row).not.toHaveProperty('scoreStated');
    expect(of({ score: 1, scoreStated: true }, stated)).toMatchObject(stated);
  });
});
