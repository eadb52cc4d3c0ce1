import { ConformanceWorld, PreparedCase } from './ConformanceWorld';

/** The scan of a case as `trivy image --format json` writes it. */
export function trivyReportOf(
  { definition, scanDigest, repository }: PreparedCase,
  world: ConformanceWorld,
): object {
  const scan = definition.scan!;
  return {
    SchemaVersion: 2,
    CreatedAt: world.scannedAt(scan),
    ArtifactName: `${repository}@${scanDigest}`,
    ArtifactType: 'container_image',
    Metadata: {
      OS: { Family: 'alpine', Name: '3.20.1' },
      RepoDigests: [`${repository}@${scanDigest}`],
      ImageConfig: { architecture: 'amd64', os: 'linux' },
    },
    Results: [
      {
        Target: 'alpine 3.20.1',
        Class: 'os-pkgs',
        Type: 'alpine',
        Vulnerabilities: scan.found.map(
          ({ id, severity, fixed, status, publishedDaysAgo }) => ({
            VulnerabilityID: id,
            PkgName: 'openssl',
            InstalledVersion: '1.0.0',
            ...(fixed && { FixedVersion: fixed }),
            ...(status && { Status: status }),
            Severity: severity,
            ...(publishedDaysAgo !== undefined && {
              PublishedDate: world.publishedAt(publishedDaysAgo),
            }),
          }),
        ),
      },
    ],
  };
}
