import { parseClairReport } from './parseClairReport';

type Json = Record<string, unknown>;

const CVSS =
  'message/vnd.clair.map.vulnerability; enricher=clair.cvss schema=none';
const RATED = {
  version: '3.1',
  vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
};

function findingsOf(vulnerabilities: Record<string, Json>, enriched = {}) {
  const parsed = parseClairReport(
    JSON.stringify({
      manifest_hash: `sha256:${'a'.repeat(64)}`,
      packages: { '1': { id: '1', name: 'zlib', version: '1' } },
      distributions: {},
      repository: {},
      environments: {},
      vulnerabilities,
      package_vulnerabilities: { '1': Object.keys(vulnerabilities) },
      enrichments: { [CVSS]: [enriched] },
    }),
  );
  return parsed.ok ? parsed.report.detail.findings : [];
}

describe('whose rating a severity of Clair is', () => {
  const entry = { name: 'CVE-2026-1', updater: 'debian/updater' };

  it('says the updater that brought it', () => {
    expect(
      findingsOf({ '7': { ...entry, normalized_severity: 'Low' } }),
    ).toMatchObject([{ severity: 'low', severitySource: 'debian/updater' }]);
  });

  it('says the source of the ratings where the updater has none', () => {
    expect(findingsOf({ '7': entry }, { '7': [RATED] })).toMatchObject([
      { severity: 'critical', severitySource: 'nvd' },
    ]);
    const [unrated] = findingsOf({ '7': entry });
    expect(unrated.severity).toBe('unknown');
    expect(unrated).not.toHaveProperty('severitySource');
  });

  it.each([
    ['7', '8'],
    ['8', '7'],
  ])('says who gave the worse of two: %s, %s', (mild, grave) => {
    const [found] = findingsOf({
      [mild]: { ...entry, normalized_severity: 'Low' },
      [grave]: { ...entry, normalized_severity: 'High', updater: 'osv/go' },
    });
    expect(found).toMatchObject({ severity: 'high', severitySource: 'osv/go' });
  });

  it('does not take the name of another for one that has none', () => {
    const [found] = findingsOf({
      '7': { ...entry, normalized_severity: 'High', updater: undefined },
      '8': { ...entry, normalized_severity: 'Low' },
    });
    expect(found.severity).toBe('high');
    expect(found).not.toHaveProperty('severitySource');
  });
});
