import { schema } from 'backstage-plugin-supply-chain-common';
import { groupByFix } from './groupFixes';

const row = (
  changes: Partial<schema.VulnerabilityRow>,
): schema.VulnerabilityRow => ({
  id: 'CVE-2026-1',
  packageName: 'openssl',
  installedVersion: '1',
  fixedVersion: '2',
  severity: 'critical',
  sources: [],
  ...changes,
});

describe('findings by fix', () => {
  it('count what VEX leaves, and come last where that is nothing', () => {
    const groups = groupByFix([
      row({ notAffected: true }),
      row({ id: 'CVE-2026-2', packageName: 'zlib', severity: 'low' }),
      row({
        id: 'CVE-2026-3',
        packageName: 'zlib',
        notAffected: true,
        exploited: {
          id: 'CVE-2026-3',
          dateAdded: '2026-11-01',
          dueDate: '2026-11-02',
          ransomware: false,
        },
      }),
    ]);
    expect(
      groups.map(({ packageName, counts, findings }) => [
        packageName,
        counts.critical,
        counts.low,
        findings.length,
      ]),
    ).toEqual([
      ['zlib', 0, 1, 2],
      ['openssl', 0, 0, 1],
    ]);
  });
});
