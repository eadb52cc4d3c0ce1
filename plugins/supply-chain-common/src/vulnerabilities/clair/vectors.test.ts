import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countSeverities } from '../../model/vulnerability';
import { parseClairReport } from './parseClairReport';

type Json = Record<string, any>;

const fixtures =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../../shared/fixtures');
const withVectors = existsSync(join(fixtures, 'clair'))
  ? describe
  : describe.skip;

function read(path: string): string {
  return readFileSync(join(fixtures, path), 'utf8');
}

function parse(path: string) {
  const parsed = parseClairReport(read(path));
  if (!parsed.ok) {
    throw new Error(`${path}: ${parsed.message}`);
  }
  return parsed.report;
}

const QUAY = 'clair/quay/data/secscan_model/test';
const ACTION = 'clair/clair-action/output/testdata';

// Reports and what Quay makes of them: github quay/quay @ffba0c70, Apache-2.0.
withVectors('beside what Quay makes of reports', () => {
  it.each([
    ['vulnerabilityreport.json', 'securityinformation.json', 89],
    [
      'vulnerabilityreport_withenrichments.json',
      'securityinformation_withenrichments.json',
      26,
    ],
  ])('%s has the vulnerabilities of %s', (report, golden, count) => {
    const { reported, detail } = parse(`${QUAY}/${report}`);
    const shown: Json = JSON.parse(read(`${QUAY}/${golden}`));
    const features: Json[] = (shown.data ?? shown).Layer.Features;
    const named = features.flatMap(({ Name, Version, Vulnerabilities }) =>
      (Vulnerabilities as Json[]).map(each => ({
        packageName: Name,
        version: Version,
        name: each.Name as string,
      })),
    );
    expect(reported).toBe(named.length);
    expect(reported).toBe(count);
    const found = detail.findings.flatMap(finding =>
      [
        finding.id,
        ...(finding.aliases ?? []),
        ...(finding.advisories ?? []),
      ].map(id => ({ ...finding, id })),
    );
    for (const { packageName, version, name } of named) {
      const match = found.find(
        each =>
          each.packageName === packageName &&
          each.installedVersion === version &&
          name.includes(each.id),
      );
      expect({ name, packageName, found: match !== undefined }).toEqual({
        name,
        packageName,
        found: true,
      });
    }
    // And the other way round: nothing that Quay does not have.
    for (const finding of detail.findings) {
      const ids = [
        finding.id,
        ...(finding.aliases ?? []),
        ...(finding.advisories ?? []),
      ];
      expect(
        named.some(
          each =>
            each.packageName === finding.packageName &&
            ids.some(id => each.name.includes(id)),
        ),
      ).toBe(true);
    }
  });

  it('has the severity of the enrichment where the vendor says none', () => {
    const { detail } = parse(
      `${QUAY}/vulnerabilityreport_withenrichments.json`,
    );
    const rated = detail.findings.filter(({ cvss }) => cvss);
    expect(rated.length).toBeGreaterThan(10);
    rated.forEach(({ severity }) => expect(severity).not.toBe('unknown'));
  });
});

// github quay/clair-action @855cb2f2, Apache-2.0.
withVectors('the reports of clair-action', () => {
  it.each([
    ['debian_stretch.json', 212],
    ['quay-rhel8.json', 29],
    ['report-with-vulns.json', 3],
  ])('%s has %s vulnerabilities', (name, count) => {
    const { reported, detail } = parse(`${ACTION}/${name}`);
    expect(reported).toBe(count);
    expect(detail.findings.length).toBeGreaterThanOrEqual(reported);
    for (const finding of detail.findings) {
      expect(finding.purl).toMatch(/^pkg:(?:deb|rpm|pypi|golang|maven)\//);
      expect(finding.layer).toBeDefined();
      expect(finding.publishedAt ?? '2').toMatch(/^2/);
    }
  });

  it('debian_stretch.json has fixes for nothing and ratings for most', () => {
    const { detail } = parse(`${ACTION}/debian_stretch.json`);
    expect(detail.findings.some(({ fixedVersion }) => fixedVersion)).toBe(
      false,
    );
    const counts = countSeverities(detail.findings);
    expect(counts.critical).toBeGreaterThan(0);
    expect(counts.unknown).toBeLessThan(detail.findings.length / 2);
  });
});

// github DefectDojo/django-DefectDojo @7cfa159a, BSD-3-Clause.
withVectors('the formats of Clair v2', () => {
  it.each([
    'clair_empty.json',
    'clair_few_vuln.json',
    'clair_many_vul.json',
    'clairklar_empty.json',
    'clairklar_high.json',
    'clairklar_mixed.json',
  ])('%s is refused politely', name => {
    expect(parseClairReport(read(`clair/defectdojo-legacy/${name}`))).toEqual({
      ok: false,
      reason: 'reportFormatUnknown',
      message: expect.stringContaining('Clair v2'),
    });
  });
});

withVectors('index reports and feeds', () => {
  it.each([
    'clair-scan/web.index_report.json',
    'clair-scan/index-error/web.index_report.json',
    'clair-scan/index-error/web.vulnerability_report.json',
    'clair/claircore/datastore/postgres/testdata/docker.io-library-debian-10.index.json',
    'clair/claircore/test/rhel/testdata/clair-rhel8-v3.5.5-4-indexreport.json',
    'clair/claircore/ubuntu/testdata/indexreport-bionic.json',
    'clair/claircore/enricher/cvss/testdata/feed.json',
    `${QUAY}/securityinformation.json`,
  ])('%s is no scan without findings', path => {
    expect(parseClairReport(read(path))).toMatchObject({ ok: false });
  });
});
