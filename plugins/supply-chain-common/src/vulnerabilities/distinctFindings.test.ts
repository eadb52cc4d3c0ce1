import { VulnerabilityFinding } from '../model/vulnerability';
import { distinctFindings } from './distinctFindings';

const finding = (values: Partial<VulnerabilityFinding>) => ({
  id: 'CVE-2026-1001',
  packageName: 'openssl',
  installedVersion: '3.0.1',
  severity: 'high' as const,
  ...values,
});

describe('distinctFindings', () => {
  it('keeps one of a kind, at its worst, and two at two places', () => {
    const worst = finding({ severity: 'critical' });
    expect(distinctFindings([finding({}), worst])).toEqual([worst]);
    expect(distinctFindings([worst, finding({})])).toEqual([worst]);
    expect(distinctFindings([worst, finding({ path: 'a' })])).toHaveLength(2);
  });

  it('keeps a fix that only the milder one knows', () => {
    const fixed = finding({ fixedVersion: '3.0.2', fixState: 'fixed' });
    const worst = finding({ severity: 'critical', fixState: 'unknown' });
    const expected = [{ ...worst, fixedVersion: '3.0.2', fixState: 'fixed' }];
    expect(distinctFindings([fixed, worst])).toEqual(expected);
    expect(distinctFindings([worst, fixed])).toEqual(expected);
  });
});
