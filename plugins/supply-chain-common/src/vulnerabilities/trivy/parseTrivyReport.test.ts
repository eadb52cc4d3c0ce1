import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countSeverities } from '../../model/vulnerability';
import { SCAN_REPORT_MAX_BYTES } from '../scanReport';
import { parseTrivyReport } from './parseTrivyReport';

type Json = Record<string, any>;

const fixture = (name: string): Json =>
  JSON.parse(
    readFileSync(join(__dirname, '__fixtures__', `${name}.json`), 'utf8'),
  );

const parse = (report: unknown) => parseTrivyReport(JSON.stringify(report));

function read(report: unknown) {
  const parsed = parse(report);
  if (!parsed.ok) {
    throw new Error(`${parsed.reason}: ${parsed.message}`);
  }
  return parsed.report;
}

/** A report of an image with one finding, changed. */
function changed(change: (report: Json, finding: Json) => void) {
  const report = fixture('unsigned-1.0.0');
  const finding: Json = {
    VulnerabilityID: 'CVE-2026-1000',
    PkgName: 'openssl',
    InstalledVersion: '3.0.1',
    Severity: 'HIGH',
  };
  report.Results[0].Vulnerabilities = [finding];
  change(report, finding);
  return parse(report);
}

const firstFinding = (change: (report: Json, finding: Json) => void) => {
  const parsed = changed(change);
  return parsed.ok && parsed.report.detail.findings[0];
};

describe('parseTrivyReport', () => {
  it('reads what was scanned, when and on which platform', () => {
    const { detail, ...identity } = read(fixture('web-1.0.0'));
    const { findings, ...scan } = detail;
    expect(identity).toEqual({
      format: 'trivy',
      artifactName: '127.0.0.1:5003/shop/web:1.0.0',
      digests: [
        'sha256:79c8af470b61dcf3d2c65ff76b069692cf2071684c76ab39c947223736ed4d81',
      ],
      imageId:
        'sha256:3d0e24fb8b07d8c934db8a62fb7f0cc35fb9796052a7a26fb942d5bae8328a9b',
      coversPackages: true,
    });
    expect(scan).toEqual({
      scanner: { name: 'Trivy' },
      scannedAt: '2026-11-23T11:06:58.135Z',
      platform: 'linux/amd64',
      os: { family: 'debian', name: '12.15' },
    });
    expect(countSeverities(findings)).toMatchObject({
      critical: 3,
      high: 9,
      medium: 1,
      low: 10,
    });
    expect(findings.filter(each => each.fixedVersion)).toHaveLength(8);
    expect(findings).toContainEqual({
      id: 'CVE-2019-10744',
      packageName: 'lodash',
      installedVersion: '4.17.4',
      fixedVersion: '4.17.12',
      severity: 'critical',
      severitySource: 'ghsa',
      purl: 'pkg:npm/lodash@4.17.4',
      path: 'app/node_modules/lodash/package.json',
      title: 'nodejs-lodash: prototype pollution in defaultsDeep function',
      link: 'https://avd.aquasec.com/nvd/cve-2019-10744',
      score: 9.1,
      cvss: [
        {
          source: 'nvd',
          version: '3.1',
          vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
          score: 9.1,
        },
      ],
      fixState: 'fixed',
      layer:
        'sha256:60ef3fa9b7abe22f30604abe391f115cc3be1265569f0bc3cf72443838230a12',
      publishedAt: '2019-06-01T00:00:00.000Z',
    });
  });

  it('takes the binary for the path of what was built into it', () => {
    const { detail } = read(fixture('web-1.0.0'));
    expect(
      detail.findings.find(each => each.packageName === 'golang.org/x/text'),
    ).toMatchObject({ path: 'usr/local/bin/gohello' });
  });

  it('knows that a scan found nothing, and that the system is at its end', () => {
    const { detail } = read(fixture('unsigned-1.0.0'));
    expect(detail.findings).toEqual([]);
    expect(detail.os).toEqual({
      family: 'alpine',
      name: '3.14.2',
      endOfLife: true,
    });
  });

  it('reads the version of newer ones, and variants of platforms', () => {
    const parsed = changed(report => {
      report.Trivy = { Version: '0.72.0' };
      report.Metadata.ImageConfig = {
        os: 'linux',
        architecture: 'arm',
        variant: 'v7',
      };
    });
    expect(parsed).toMatchObject({
      report: {
        detail: {
          scanner: { name: 'Trivy', version: '0.72.0' },
          platform: 'linux/arm/v7',
        },
      },
    });
  });

  it('names the digest of an image that was scanned by digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(
      changed(report => {
        report.ArtifactName = `registry.acme.example/shop/web@${digest}`;
        report.Metadata.RepoDigests = null;
      }),
    ).toMatchObject({ report: { digests: [digest] } });
  });

  it('names none for an image that was never in a registry', () => {
    const parsed = changed(report => {
      report.ArtifactName = 'web.tar';
      report.Metadata = { RepoDigests: ['web@sha256:short', 7] };
      delete report.Results[0].Vulnerabilities;
    });
    expect(parsed).toEqual({
      ok: true,
      report: {
        format: 'trivy',
        artifactName: 'web.tar',
        digests: [],
        coversPackages: true,
        detail: {
          scanner: { name: 'Trivy' },
          scannedAt: expect.any(String),
          findings: [],
        },
      },
    });
  });

  it.each([
    ['secrets only', [{ Class: 'secret', Secrets: [{}] }]],
    ['no results', undefined],
    ['an empty list', null],
  ])('says that %s is about no packages', (_what, results) => {
    expect(changed(report => (report.Results = results))).toMatchObject({
      report: { coversPackages: false, detail: { findings: [] } },
    });
  });

  it('counts a finding that Trivy was told to set aside: only the policy does', () => {
    const parsed = changed((report, finding) => {
      report.Results[0] = {
        Class: 'os-pkgs',
        ExperimentalModifiedFindings: [
          { Type: 'vulnerability', Status: 'ignored', Finding: finding },
          { Type: 'secret', Finding: {} },
        ],
      };
    });
    expect(parsed).toMatchObject({
      report: { detail: { findings: [{ id: 'CVE-2026-1000' }] } },
    });
  });

  it('takes records of one vulnerability for aliases, and advisories for what they are', () => {
    expect(
      firstFinding((_report, finding) => {
        finding.VendorIDs = ['RHSA-2019:2304', 'GHSA-aaaa-bbbb-cccc'];
      }),
    ).toMatchObject({
      aliases: ['GHSA-aaaa-bbbb-cccc'],
      advisories: ['RHSA-2019:2304'],
    });
  });

  it('counts a finding that stands twice once, at its worst', () => {
    const parsed = changed((report, finding) => {
      report.Results[0].Vulnerabilities.push({
        ...finding,
        Severity: 'CRITICAL',
      });
    });
    expect(parsed).toMatchObject({
      report: { detail: { findings: [{ severity: 'critical' }] } },
    });
    expect(parsed.ok && parsed.report.detail.findings).toHaveLength(1);
  });

  it.each([
    ['a severity that is none', { Severity: 'SEVERE' }, 'severity', 'unknown'],
    ['no severity', { Severity: undefined }, 'severity', 'unknown'],
    ['a link that is none', { PrimaryURL: 'http://a' }, 'link', undefined],
    [
      'a date that is none',
      { PublishedDate: 'soon' },
      'publishedAt',
      undefined,
    ],
    [
      'a score that is none',
      { CVSS: { nvd: { V3Score: 11 } } },
      'score',
      undefined,
    ],
    [
      'scores of vendors',
      { CVSS: { a: { V3Score: 2 }, b: { V3Score: 7 } } },
      'score',
      7,
    ],
    [
      'a score that no vector amounts to',
      { CVSS: { a: { V3Score: 2 } } },
      'scoreStated',
      true,
    ],
    [
      'nobody that rates it',
      { SeveritySource: '' },
      'severitySource',
      undefined,
    ],
    ['no version', { InstalledVersion: undefined }, 'installedVersion', ''],
    ['a plan', { Status: 'will_not_fix' }, 'fixState', 'wontFix'],
    ['a fix without a status', { FixedVersion: '2' }, 'fixState', 'fixed'],
    ['neither', {}, 'fixState', undefined],
    ['a path from the root', { PkgPath: '/a/b.jar' }, 'path', 'a/b.jar'],
  ] as const)('reads %s', (_what, values, key, expected) => {
    const found = firstFinding((_report, finding) =>
      Object.assign(finding, values),
    );
    expect(found && found[key]).toBe(expected);
  });

  it.each<[string, string, string, (report: Json, finding: Json) => void]>([
    [
      'another version',
      'reportFormatUnknown',
      'got 3',
      report => (report.SchemaVersion = 3),
    ],
    [
      'no version',
      'reportFormatUnknown',
      'got none',
      report => delete report.SchemaVersion,
    ],
    [
      'a file system',
      'reportFormatUnknown',
      '"filesystem"',
      report => (report.ArtifactType = 'filesystem'),
    ],
    [
      'no date',
      'malformedReport',
      'CreatedAt',
      report => delete report.CreatedAt,
    ],
    [
      'results that are no list',
      'malformedReport',
      'list of results',
      report => (report.Results = {}),
    ],
    [
      'a result that is none',
      'malformedReport',
      'list of results',
      report => report.Results.push(null),
    ],
    [
      'findings that are no list',
      'malformedReport',
      'list of vulnerabilities',
      report => (report.Results[0].Vulnerabilities = {}),
    ],
    [
      'a finding that is none',
      'malformedReport',
      'no id or no package',
      report => (report.Results[0].Vulnerabilities = [null]),
    ],
    [
      'a finding without id',
      'malformedReport',
      'no id or no package',
      (_, finding) => delete finding.VulnerabilityID,
    ],
    [
      'a finding without package',
      'malformedReport',
      'no id or no package',
      (_, finding) => (finding.PkgName = ''),
    ],
    [
      'too many findings',
      'reportTooLarge',
      'at most 50000',
      (report, finding) =>
        (report.Results[0].Vulnerabilities = Array(50_001).fill(finding)),
    ],
  ])('refuses %s', (_what, reason, message, change) => {
    expect(changed(change)).toEqual({
      ok: false,
      reason,
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, string | Uint8Array, string]>([
    ['a list', '[]', 'malformedReport'],
    [
      'a report that is cut off',
      JSON.stringify(fixture('web-1.0.0')).slice(0, 90_000),
      'malformedReport',
    ],
    [
      'bytes that are no text',
      new Uint8Array([0xff, 0xfe, 0x7b, 0]),
      'malformedReport',
    ],
    [
      'a key that stands twice',
      '{"SchemaVersion": 2, "SchemaVersion": 2}',
      'malformedReport',
    ],
    [
      'what is nested too deep',
      `${'['.repeat(65)}${']'.repeat(65)}`,
      'malformedReport',
    ],
    [
      'what is too large',
      new Uint8Array(SCAN_REPORT_MAX_BYTES + 1),
      'reportTooLarge',
    ],
  ])('refuses %s', (_what, document, reason) => {
    expect(parseTrivyReport(document)).toMatchObject({ ok: false, reason });
  });
});
