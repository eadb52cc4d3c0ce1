import { vulnerability } from '../../testing/exampleFacts';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { mergeFindings } from '../merge';
import { changedPackages } from './changedPackages';
import { compareFindings } from './compareFindings';

const scans = (...findings: Partial<VulnerabilityFinding>[]) => ({
  findings: mergeFindings([
    {
      scanner: 'Trivy',
      scannedAt: '2026-11-20T10:00:00Z',
      findings: findings.map(each => vulnerability(each)),
    },
  ]),
  scanners: ['Trivy'],
});

describe('changedPackages', () => {
  it('names packages whose versions differ, and none that only one image tells of', () => {
    const compared = compareFindings(
      scans(
        { installedVersion: '2' },
        { id: 'CVE-2026-2000', installedVersion: '1' },
        { packageName: 'zlib', installedVersion: '1' },
        { packageName: 'gone', installedVersion: '1' },
      ),
      scans(
        { id: 'CVE-2026-3000', installedVersion: '3' },
        { packageName: 'zlib', installedVersion: '1' },
        { packageName: 'added', installedVersion: '1' },
      ),
    );
    expect(changedPackages(compared)).toEqual([
      { name: 'openssl', before: ['1', '2'], after: ['3'] },
    ]);
  });

  it('keeps packages of two ecosystems apart', () => {
    const compared = compareFindings(
      scans({ purl: 'pkg:npm/openssl@1', installedVersion: '1' }),
      scans(
        { purl: 'pkg:npm/openssl@2', installedVersion: '2' },
        { purl: 'pkg:gem/openssl@3', installedVersion: '3' },
      ),
    );
    expect(changedPackages(compared)).toEqual([
      {
        name: 'openssl',
        purl: 'pkg:npm/openssl',
        before: ['1'],
        after: ['2'],
      },
    ]);
  });
});
