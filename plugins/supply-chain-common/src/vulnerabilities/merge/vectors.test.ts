import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { parseClairReport } from '../clair';
import { parseScanReport } from '../parseScanReport';
import { mergeFindings } from './mergeFindings';

const fixtures =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../../shared/fixtures');
const withVectors = existsSync(join(fixtures, 'clair-scan'))
  ? describe
  : describe.skip;

const AT = '2026-11-20T10:00:00Z';

function read(file: string) {
  const text = readFileSync(join(fixtures, file), 'utf8');
  const parsed = file.startsWith('clair')
    ? parseClairReport(text)
    : parseScanReport(text);
  if (!parsed.ok) {
    throw new Error(`${file}: ${parsed.message}`);
  }
  return parsed.report.detail.findings;
}

/** What Grype would say of the findings of Trivy: its ways to write, learnt from its own reports in the folder `grype`. */
function asGrype(findings: readonly VulnerabilityFinding[]) {
  return findings.map(
    ({ packageName, installedVersion, severitySource, ...each }) => ({
      ...each,
      packageName: packageName.split(':').pop()!,
      installedVersion:
        packageName === 'stdlib'
          ? installedVersion.replace(/^v?/, 'go')
          : installedVersion,
    }),
  );
}

const merged = (scans: Record<string, readonly VulnerabilityFinding[]>) =>
  mergeFindings(
    Object.entries(scans).map(([scanner, findings]) => ({
      scanner,
      scannedAt: AT,
      findings,
    })),
  );

withVectors('beside real reports on one image', () => {
  it.each([
    [
      'trivy-scan/web-1.0.0.json',
      'clair-scan/web-dpkg.vulnerability_report.json',
    ],
    [
      'trivy-scan/payments-2.3.0.json',
      'clair-scan/payments.vulnerability_report.json',
    ],
  ])('counts once what %s and %s both found', (trivyFile, clairFile) => {
    const [trivy, clair] = [trivyFile, clairFile].map(read);
    const nameOf = (each: VulnerabilityFinding) =>
      `${each.id} ${each.packageName} ${each.installedVersion}`;
    const names = new Set([...trivy, ...clair].map(nameOf));
    const both = trivy.filter(each =>
      clair.some(other => nameOf(other) === nameOf(each)),
    );
    expect(both.length).toBeGreaterThan(4);
    const rows = merged({ Trivy: trivy, Clair: clair });
    expect(rows).toHaveLength(names.size);
    expect(rows.filter(({ sources }) => sources.length === 2)).toHaveLength(
      both.length,
    );
    const three = merged({ Clair: clair, Grype: asGrype(trivy), Trivy: trivy });
    expect(three).toHaveLength(names.size);
    expect(three.map(({ severity }) => severity).sort()).toEqual(
      rows.map(({ severity }) => severity).sort(),
    );
  });

  it.each([
    'defectdojo/anchore_grype/issue_9618.json',
    'defectdojo/anchore_grype/issue_9942.json',
    'grype/grype/presenter/explain/testdata/keycloak-test.json',
    'grype/grype/presenter/explain/testdata/ghsa-test.json',
    'grype/grype/presenter/explain/testdata/chainguard-ruby-test.json',
  ])('adds no row to %s when its package URLs or paths are missing', file => {
    const grype = read(file);
    const rows = merged({ Grype: grype });
    const without = (property: 'purl' | 'path') =>
      grype.map(({ [property]: _, ...each }) => each as VulnerabilityFinding);
    for (const property of ['purl', 'path'] as const) {
      expect(merged({ Grype: grype, Other: without(property) })).toHaveLength(
        merged({ Grype: grype, Same: grype }).length,
      );
    }
    expect(rows.length).toBeGreaterThan(0);
  });
});
