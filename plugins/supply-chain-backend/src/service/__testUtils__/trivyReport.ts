import { hoursAgo } from './StoredWorld';

/** What a report of Trivy says. */
export type TrivyReportOptions = {
  /** The digest it says it scanned. */
  repoDigest?: string;
  /** @defaultValue an hour ago */
  createdAt?: string;
  /** Ids of critical vulnerabilities with a fix. */
  fixable?: string[];
};

/** The JSON of Trivy about an image. */
export function trivyReport(options: TrivyReportOptions = {}): string {
  const { repoDigest, createdAt = hoursAgo(1), fixable = [] } = options;
  return JSON.stringify({
    SchemaVersion: 2,
    CreatedAt: createdAt,
    ArtifactName: 'image under test',
    ArtifactType: 'container_image',
    Metadata: {
      OS: { Family: 'debian', Name: '12' },
      ...(repoDigest && { RepoDigests: [repoDigest] }),
      ImageConfig: { os: 'linux', architecture: 'amd64' },
    },
    Results: [
      {
        Target: 'image under test (debian 12)',
        Class: 'os-pkgs',
        Type: 'debian',
        Vulnerabilities: fixable.map(id => ({
          VulnerabilityID: id,
          PkgName: 'libexample',
          InstalledVersion: '1.0.0',
          FixedVersion: '1.0.1',
          Status: 'fixed',
          Severity: 'CRITICAL',
          PublishedDate: '2026-01-01T00:00:00Z',
        })),
      },
    ],
  });
}
