import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countSeverities } from '../../model/vulnerability';
import { SCAN_REPORT_MAX_BYTES } from '../scanReport';
import { parseClairReport } from './parseClairReport';

type Json = Record<string, any>;

const HASH = `sha256:${'a'.repeat(64)}`;
const LAYER = `sha256:${'b'.repeat(64)}`;
const CVSS =
  'message/vnd.clair.map.vulnerability; enricher=clair.cvss schema=https://csrc.nist.gov/schema/nvd/api/2.0/cve_api_json_2.0.schema';
const EPSS =
  'message/vnd.clair.map.vulnerability; enricher=clair.epss schema=none';

function fixture(name: string): string {
  return readFileSync(join(__dirname, '__fixtures__', name), 'utf8');
}

/** A report of one package with one vulnerability. */
function reportOf(vulnerability: Json, rest: Json = {}): Json {
  return {
    manifest_hash: HASH,
    packages: { '1': { id: '1', name: 'zlib', version: '1.2.11-r3' } },
    distributions: {},
    repository: {},
    environments: {},
    vulnerabilities: { '7': { id: '7', name: 'CVE-2024-1', ...vulnerability } },
    package_vulnerabilities: { '1': ['7'] },
    enrichments: null,
    ...rest,
  };
}

function parse(document: Json) {
  const parsed = parseClairReport(JSON.stringify(document));
  if (!parsed.ok) {
    throw new Error(`${parsed.reason}: ${parsed.message}`);
  }
  return parsed.report;
}

function findingsOf(vulnerability: Json, rest: Json = {}) {
  return parse(reportOf(vulnerability, rest)).detail.findings;
}

describe('a report of a real Clair', () => {
  it('is read with packages, layers and the fixes of Alpine', () => {
    const { digest, coversPackages, reported, detail } = parse(
      JSON.parse(fixture('payments.vulnerability_report.json')),
    );
    expect(digest).toMatch(/^sha256:6b714c1f/);
    expect({ coversPackages, reported }).toEqual({
      coversPackages: true,
      reported: 8,
    });
    expect(detail.scanner).toEqual({ name: 'Clair' });
    expect(detail.os).toEqual({ family: 'alpine', name: '3.14' });
    expect(detail.findings).toHaveLength(8);
    expect(
      detail.findings.find(({ id }) => id === 'CVE-2022-37434'),
    ).toMatchObject({
      packageName: 'zlib',
      installedVersion: '1.2.11-r3',
      fixedVersion: '1.2.12-r2',
      fixState: 'fixed',
      severity: 'unknown',
      purl: 'pkg:apk/alpine/zlib@1.2.11-r3?arch=x86_64&distro=alpine-3.14',
      layer: expect.stringMatching(/^sha256:/),
    });
  });

  it('is read with the source packages and severities of Debian', () => {
    const { detail } = parse(
      JSON.parse(fixture('web-dpkg.vulnerability_report.json')),
    );
    expect(countSeverities(detail.findings)).toMatchObject({ critical: 0 });
    expect(detail.findings).toHaveLength(8);
    expect(detail.findings[0].purl).toMatch(
      /^pkg:deb\/debian\/.*distro=debian-12/,
    );
    expect(
      detail.findings.find(({ id }) => id === 'CVE-2023-45853'),
    ).toMatchObject({ severity: 'negligible', fixState: 'notFixed' });
  });

  it('is no result where no package was found', () => {
    expect(
      parse(JSON.parse(fixture('unsigned.vulnerability_report.json'))),
    ).toMatchObject({ coversPackages: false, detail: { findings: [] } });
  });

  it.each(['unsigned.index_report.json', 'web.index-error.json'])(
    'is not %s, which holds no vulnerabilities',
    name => {
      expect(parseClairReport(fixture(name))).toEqual({
        ok: false,
        reason: 'reportFormatUnknown',
        message: expect.stringContaining('an index report'),
      });
    },
  );

  it('is refused when it was cut off', () => {
    const whole = fixture('payments.vulnerability_report.json');
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const part = whole.slice(0, Math.floor(whole.trimEnd().length * share));
      expect(parseClairReport(part)).toMatchObject({
        ok: false,
        reason: 'malformedReport',
      });
    }
  });
});

describe('ids', () => {
  it.each([
    ['CVE-2022-23219 glibc', '', { id: 'CVE-2022-23219' }],
    [
      'CVE-2018-1060',
      'https://a.example/CVE-2018-1060 https://a.example/CVE-2018-1061',
      { id: 'CVE-2018-1060' },
    ],
    [
      'pyup.io-39606 (CVE-2020-36242)',
      '',
      { id: 'CVE-2020-36242', aliases: ['pyup.io-39606'] },
    ],
    ['pyup.io-39252', '', { id: 'pyup.io-39252' }],
    [
      'GHSA-aaaa-bbbb-cccc',
      'https://nvd.example/CVE-2021-0001',
      { id: 'CVE-2021-0001', aliases: ['GHSA-aaaa-bbbb-cccc'] },
    ],
    [
      'RHSA-2023:5837: nghttp2 security update (Important)',
      'https://access.example/CVE-2023-44487',
      { id: 'CVE-2023-44487', advisories: ['RHSA-2023:5837'] },
    ],
    ['ALAS2-2021-1234', '', { id: 'ALAS2-2021-1234' }],
    ['something else', '', { id: 'something else' }],
  ])('of %s', (name, links, expected) => {
    const [finding, ...rest] = findingsOf({ name, links });
    const { id, aliases, advisories } = finding;
    expect({
      id,
      ...(aliases && { aliases }),
      ...(advisories && { advisories }),
    }).toEqual(expected);
    expect(rest).toEqual([]);
  });

  it('takes an advisory with several CVEs apart and makes them no names of each other', () => {
    const findings = findingsOf(
      {
        name: 'GHSA-aaaa-bbbb-cccc',
        links:
          'https://a.example/CVE-2021-0001 https://a.example/CVE-2021-0002',
      },
      {
        enrichments: {
          [CVSS]: [{ '7': [cvss(9.8), cvss(3.1)] }],
        },
      },
    );
    expect(findings.map(({ id }) => id)).toEqual([
      'CVE-2021-0001',
      'CVE-2021-0002',
    ]);
    for (const finding of findings) {
      expect(finding.aliases).toBeUndefined();
      expect(finding.advisories).toEqual(['GHSA-aaaa-bbbb-cccc']);
      // Which of them a rating belongs to is not told; the worst counts for both.
      expect(finding.severity).toBe('critical');
      expect(finding.cvss).toBeUndefined();
      expect(finding.link).toContain(finding.id);
    }
  });

  it.each([
    [{ Aliases: [{ Space: {}, Name: 'GHSA-aaaa-bbbb-cccc' }] }],
    [{ aliases: [{ space: 'GHSA', name: 'aaaa-bbbb-cccc' }] }],
    [{ Self: { Space: 'GHSA', Name: 'GHSA-aaaa-bbbb-cccc' } }],
    [{ Self: ['GHSA-aaaa-bbbb-cccc'] }],
  ])('takes what newer versions say: %j', fields => {
    expect(findingsOf(fields)).toMatchObject([
      { id: 'CVE-2024-1', aliases: ['GHSA-aaaa-bbbb-cccc'] },
    ]);
  });

  it.each([
    [{ Aliases: [{ Space: {}, Name: '' }, null, 7, { Name: 'x y' }] }],
    [{ Self: { Name: 'CVE-2024-0002' } }],
    [{ Aliases: [{ Name: 'RHSA-2024:0001' }] }],
  ])('makes nothing an alias that is none: %j', fields => {
    const [finding] = findingsOf({ ...fields, name: 'CVE-2024-0001' });
    expect(finding.id).toBe('CVE-2024-0001');
    expect(finding.aliases).toBeUndefined();
  });
});

describe('the fix', () => {
  it.each([
    ['', undefined],
    ['0', undefined],
    ['0:0', undefined],
    [undefined, undefined],
    ['introduced=3.0&lastAffected=3.4', undefined],
    ['fixed=0&introduced=0', undefined],
    ['fixed=2.1.1&introduced=3.0', '2.1.1'],
    ['introduced=0&fixed=1.2.3%2Bincompatible', '1.2.3+incompatible'],
    ['0:2.9.7-18.el8_9', '0:2.9.7-18.el8_9'],
  ])('of %j is %j', (fixed_in_version, fixedVersion) => {
    const [finding] = findingsOf({ fixed_in_version });
    expect(finding.fixedVersion).toBe(fixedVersion);
    expect(finding.fixState).toBe(fixedVersion ? 'fixed' : 'notFixed');
  });
});

/** Vectors by the score that FIRST's calculator of version 3.1 shows for them. */
const VECTORS: Record<number, string> = {
  9.8: 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  7.5: 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  5.3: 'AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N',
  1.6: 'AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N',
  0: 'AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N',
};

function cvss(score: number, baseScore = score): Json {
  const vectorString = `CVSS:3.1/${VECTORS[score]}`;
  return { version: '3.1', vectorString, baseScore };
}

describe('the severity', () => {
  it.each([
    [9.8, 'critical'],
    [7.5, 'high'],
    [5.3, 'medium'],
    [1.6, 'low'],
    [0, 'negligible'],
  ])(
    'is taken from a score of %s where the vendor says none',
    (score, severity) => {
      const enrichments = {
        [EPSS]: [{ '7': [{ epss: 0.9, baseScore: 10 }] }],
        [CVSS]: [{ '7': [cvss(score)], '8': [cvss(9.8)] }],
      };
      expect(
        findingsOf({ normalized_severity: 'Unknown' }, { enrichments }),
      ).toMatchObject([
        {
          severity,
          score,
          cvss: [{ source: 'nvd', version: '3.1', score }],
        },
      ]);
    },
  );

  it('is that of the vector, not of the score beside it', () => {
    const severityOf = (entry: Json) =>
      findingsOf(
        { normalized_severity: 'Unknown' },
        { enrichments: { [CVSS]: [{ '7': [entry] }] } },
      )[0];
    expect(severityOf(cvss(9.8, 0.1))).toMatchObject({
      severity: 'critical',
      score: 9.8,
    });
    const withoutVector = severityOf({ version: '3.1', baseScore: 7.1 });
    expect(withoutVector).toMatchObject({ severity: 'high' });
    expect(withoutVector).not.toHaveProperty('score');
    const version2 = {
      version: '2.0',
      vectorString: 'AV:N/AC:L/Au:N/C:C/I:C/A:C',
    };
    expect(severityOf(version2)).toMatchObject({ severity: 'high' });
  });

  it("is the vendor's where there is one", () => {
    const enrichments = { [CVSS]: [{ '7': [cvss(9.8)] }] };
    expect(
      findingsOf({ normalized_severity: 'Low' }, { enrichments }),
    ).toMatchObject([{ severity: 'low', score: 9.8 }]);
  });

  it.each([
    [null],
    [{}],
    [[]],
    [{ [CVSS]: null }],
    [{ [CVSS]: [null, { '7': 'no' }] }],
    [{ [CVSS]: [{ '7': [{ version: '9', baseScore: 'high' }] }] }],
    [{ [CVSS.replace('clair.cvss', 'clair.cvss-like')]: [{ '7': [cvss(9)] }] }],
  ])('is unknown with the enrichments %j', enrichments => {
    expect(findingsOf({}, { enrichments })).toMatchObject([
      { severity: 'unknown' },
    ]);
  });

  it('is what is written where there is no score', () => {
    const enrichments = { [CVSS]: [{ '7': [{ baseSeverity: 'HIGH' }] }] };
    expect(findingsOf({}, { enrichments })).toMatchObject([
      { severity: 'high' },
    ]);
  });
});

describe('the package', () => {
  const environment = (rest: Json) => ({
    environments: {
      '1': [{ introduced_in: LAYER, repository_ids: null, ...rest }],
    },
  });

  it.each([
    [
      { name: 'Ruamel_YAML', version: '1' },
      { package_db: 'python:usr/lib/python3' },
      'pkg:pypi/ruamel-yaml@1',
      'usr/lib/python3',
    ],
    [
      { name: 'golang.org/x/text', version: 'v0.3.5' },
      { repository_ids: ['2'] },
      'pkg:golang/golang.org/x/text@v0.3.5',
      undefined,
    ],
    [
      { name: 'org.a:b', version: '1.0' },
      { package_db: 'maven:opt/b.jar' },
      'pkg:maven/org.a/b@1.0',
      'opt/b.jar',
    ],
    [
      { name: '@a/b', version: '1+2' },
      { package_db: 'nodejs:app' },
      'pkg:npm/%40a/b@1%2B2',
      'app',
    ],
    [
      {
        name: 'libxml2',
        version: '1:2.9.7-18.el8',
        arch: 'x86_64',
        source: { name: 'libxml' },
      },
      { package_db: 'bdb:var/lib/rpm', distribution_id: '3' },
      'pkg:rpm/redhat/libxml2@2.9.7-18.el8?arch=x86_64&distro=rhel-8&epoch=1&upstream=libxml',
      undefined,
    ],
    [
      { name: 'libc6', version: '1:2.31-1', source: { name: 'libc6' } },
      { distribution_id: '4' },
      'pkg:deb/debian/libc6@1:2.31-1?distro=debian-12',
      undefined,
    ],
    [
      { name: 'x', version: '1' },
      { distribution_id: '9' },
      undefined,
      undefined,
    ],
    [
      { name: '\ud800', version: '1' },
      { distribution_id: '4' },
      'pkg:deb/debian/%EF%BF%BD@1?distro=debian-12',
      undefined,
    ],
  ])('%j has its package URL', (found, place, purl, path) => {
    const [finding] = findingsOf(
      {},
      {
        packages: { '1': found },
        distributions: {
          '3': { did: 'rhel', version_id: '8' },
          '4': { did: 'debian', version: '12 (bookworm)', version_id: '12' },
        },
        repository: { '2': { name: 'go' } },
        ...environment(place),
      },
    );
    expect(finding.purl).toBe(purl);
    expect(finding.path).toBe(path);
    expect(finding.layer).toBe(LAYER);
  });

  it('is known by what the advisory says where nothing else tells', () => {
    expect(findingsOf({ repository: { name: 'pypi' } })[0].purl).toBe(
      'pkg:pypi/zlib@1.2.11-r3',
    );
    expect(
      findingsOf({ distribution: { did: 'alpine', version_id: '3.14' } })[0]
        .purl,
    ).toBe('pkg:apk/alpine/zlib@1.2.11-r3?distro=alpine-3.14');
  });
});

describe('an entry', () => {
  it.each([
    ['0000-12-31T18:09:24-05:50', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['', undefined],
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z'],
  ])('issued at %j', (issued, publishedAt) => {
    expect(findingsOf({ issued })[0].publishedAt).toBe(publishedAt);
  });

  it('counts once for several repositories of one vendor', () => {
    const links = 'https://a.example/CVE-2024-1111';
    const name = 'RHSA-2024:0001: zlib security update (Low)';
    const { reported, detail } = parse(
      reportOf(
        {},
        {
          vulnerabilities: {
            '7': { name, links, normalized_severity: 'Low' },
            '8': {
              name,
              links,
              normalized_severity: 'High',
              fixed_in_version: '2',
            },
            '9': {
              name: 'RHSA-2024:0002: zlib security update (Low)',
              links,
              fixed_in_version: '3',
            },
          },
          package_vulnerabilities: { '1': ['7', '8', '9'] },
        },
      ),
    );
    expect(reported).toBe(2);
    expect(detail.findings).toMatchObject([
      {
        id: 'CVE-2024-1111',
        severity: 'high',
        fixedVersion: '2, 3',
        fixState: 'fixed',
        advisories: ['RHSA-2024:0001', 'RHSA-2024:0002'],
        title: name,
      },
    ]);
  });

  it('that the vendor says does not concern the package is none', () => {
    const rest = {
      package_vulnerabilities: {},
      PackageNotVulnerable: { '1': ['7'] },
    };
    expect(findingsOf({}, rest)).toEqual([]);
    expect(
      findingsOf({}, { PackageNotVulnerable: { '1': ['7'] } }),
    ).toHaveLength(1);
  });
});

describe('a document that cannot be used', () => {
  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['an error', '{"code":"not-found","message":"index report not found"}'],
    ['an empty object', '{}'],
    ['a key twice', '{"packages":{},"packages":{}}'],
  ])('is %s', (_what, text) => {
    expect(parseClairReport(text)).toMatchObject({ ok: false });
  });

  it.each([
    ['no digest', { manifest_hash: 'latest' }],
    ['packages that are no map', { packages: [] }],
    ['a package that is missing', { packages: {} }],
    ['a package without name', { packages: { '1': { version: '1' } } }],
    ['a vulnerability that is missing', { vulnerabilities: {} }],
    ['one without name', { vulnerabilities: { '7': { name: ' ' } } }],
    ['an inherited id', { package_vulnerabilities: { '1': ['toString'] } }],
    ['ids that are no list', { package_vulnerabilities: { '1': 'all' } }],
    ['nothing assigned', { package_vulnerabilities: null }],
  ])('has %s', (_what, rest) => {
    expect(parseClairReport(JSON.stringify(reportOf({}, rest)))).toMatchObject({
      ok: false,
      reason: 'malformedReport',
    });
  });

  it('is larger than what is read', () => {
    expect(
      parseClairReport(new Uint8Array(SCAN_REPORT_MAX_BYTES + 1)),
    ).toMatchObject({ ok: false, reason: 'reportTooLarge' });
    const ids = Array.from({ length: 50_001 }, () => '7');
    expect(
      parseClairReport(
        JSON.stringify(reportOf({}, { package_vulnerabilities: { '1': ids } })),
      ),
    ).toMatchObject({ ok: false, reason: 'reportTooLarge' });
  });
});
