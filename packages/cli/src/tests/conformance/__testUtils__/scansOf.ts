import {
  EvidenceOf,
  parseDigest,
  Severity,
} from 'backstage-plugin-supply-chain-common';
import { ConformanceWorld, PreparedCase } from './ConformanceWorld';

/** The scan of a case as the portal stores it. */
export function scansOf(
  { definition: { scan }, scanDigest }: PreparedCase,
  world: ConformanceWorld,
): EvidenceOf<'vulnerabilities'>[] {
  const digest = parseDigest(scanDigest);
  if (!scan || !digest) {
    return [];
  }
  const scannedAt = world.scannedAt(scan);
  return [
    {
      subject: { type: 'content', digest },
      collector: 'trivy',
      kind: 'vulnerabilities',
      status: 'present',
      observedAt: scannedAt,
      detail: {
        scanner: { name: 'Trivy' },
        scannedAt,
        artifact: { digest },
        platform: 'linux/amd64',
        findings: scan.found.map(
          ({ id, severity, fixed, status, publishedDaysAgo }) => ({
            id,
            packageName: 'openssl',
            installedVersion: '1.0.0',
            ...(fixed && { fixedVersion: fixed }),
            ...(status && { fixState: status }),
            severity: severity.toLocaleLowerCase('en-US') as Severity,
            ...(publishedDaysAgo !== undefined && {
              publishedAt: world.publishedAt(publishedDaysAgo),
            }),
          }),
        ),
      },
    },
  ];
}
