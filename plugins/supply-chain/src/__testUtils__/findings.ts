import { schema } from 'backstage-plugin-supply-chain-common';

/** A finding that two scanners rate differently. */
export function finding(
  changes: Partial<schema.VulnerabilityRow> = {},
): schema.VulnerabilityRow {
  return {
    id: 'CVE-2026-1',
    packageName: 'undici',
    installedVersion: '6.20.0',
    severity: 'high',
    sources: [
      {
        scanner: 'Clair',
        id: 'CVE-2026-1',
        severity: 'high',
        scannedAt: '2026-07-01T10:00:00.000Z',
      },
      {
        scanner: 'Trivy',
        id: 'CVE-2026-1',
        severity: 'medium',
        severitySource: 'debian',
        scannedAt: '2026-07-01T10:00:00.000Z',
      },
    ],
    severityReason: { scanner: 'Clair', differs: true },
    ...changes,
  };
}

/** A finding of which every text is hostile. */
export function hostileFinding(text: string): schema.VulnerabilityRow {
  return {
    id: text,
    packageName: text,
    path: text,
    installedVersion: text,
    fixedVersion: text,
    severity: 'high',
    title: text,
    link: text,
    aliases: [text],
    layer: text,
    cvss: [{ source: text, version: '4.0', vector: text, score: 9 }],
    sources: [
      {
        scanner: text,
        id: text,
        severity: 'high',
        severitySource: text,
        scannedAt: text,
      },
      { scanner: `${text} `, id: text, severity: 'low', scannedAt: text },
    ],
  };
}
