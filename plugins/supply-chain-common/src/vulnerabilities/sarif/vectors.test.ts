import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VulnerabilityFinding } from '../../model/vulnerability';
import { parseScanReport } from '../parseScanReport';

const scans = join(
  process.env.SUPPLY_CHAIN_VECTORS ??
    resolve(__dirname, '../../../../../../shared/fixtures'),
  'trivy-scan',
);

function reportOf(file: string, scannedAt?: string) {
  const parsed = parseScanReport(readFileSync(join(scans, file), 'utf8'), {
    scannedAt,
  });
  if (!parsed.ok) {
    throw new Error(`${file}: ${parsed.message}`);
  }
  return parsed.report;
}

/** What both formats have. */
function common(findings: VulnerabilityFinding[]): string[] {
  return findings
    .map(
      ({ id, packageName, installedVersion, severity, fixedVersion, path }) =>
        [
          id,
          packageName,
          installedVersion,
          severity,
          fixedVersion,
          path,
        ].join(),
    )
    .sort();
}

// The same scans, written by Trivy in both formats.
(existsSync(scans) ? describe : describe.skip)('SARIF of Trivy', () => {
  const names = (existsSync(scans) ? readdirSync(scans) : [])
    .filter(file => file.endsWith('.sarif'))
    .map(file => file.slice(0, -'.sarif'.length));

  it('is there', () => {
    expect(names).toHaveLength(3);
  });

  it.each(names)('says of %s what the JSON says', name => {
    const json = reportOf(`${name}.json`);
    const sarif = reportOf(`${name}.sarif`, json.detail.scannedAt);
    expect(common(sarif.detail.findings)).toEqual(common(json.detail.findings));
    expect(sarif).toMatchObject({
      artifactName: json.artifactName,
      digests: json.digests,
      imageId: json.imageId,
    });
    // Without a single vulnerability its SARIF does not say that any were looked for.
    expect(sarif.coversPackages).toBe(json.detail.findings.length > 0);
  });
});
