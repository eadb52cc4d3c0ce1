/** What a report of {@link otherReports} is of, and when it was made. */
type Scan = { digest: string; createdAt: Date };

const ID = 'CVE-2026-1000';

/** One critical vulnerability with a fix, as the other scanners write it in the formats that are read. */
export const otherReports = {
  grype: ({ digest, createdAt }: Scan) =>
    JSON.stringify({
      matches: [
        {
          vulnerability: {
            id: ID,
            severity: 'Critical',
            fix: { versions: ['3.0.2'], state: 'fixed' },
          },
          relatedVulnerabilities: [],
          artifact: {
            name: 'openssl',
            version: '3.0.1',
            type: 'deb',
            locations: [{ path: '/var/lib/dpkg/status' }],
          },
        },
      ],
      source: {
        type: 'image',
        target: { manifestDigest: digest, os: 'linux', architecture: 'amd64' },
      },
      distro: { name: 'debian', version: '12' },
      descriptor: {
        name: 'grype',
        version: '0.96.0',
        timestamp: createdAt.toISOString(),
      },
    }),

  cyclonedx: ({ digest, createdAt }: Scan) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: {
        timestamp: createdAt.toISOString(),
        tools: { components: [{ name: 'trivy', version: '0.72.0' }] },
        component: {
          type: 'container',
          name: 'registry.acme.example/scanned',
          purl: `pkg:oci/scanned@${encodeURIComponent(digest)}?arch=amd64`,
        },
      },
      components: [
        { type: 'operating-system', name: 'debian', version: '12' },
        { 'bom-ref': 'a', name: 'openssl', version: '3.0.1' },
      ],
      vulnerabilities: [
        {
          id: ID,
          ratings: [{ severity: 'critical' }],
          recommendation: 'Upgrade openssl to version 3.0.2',
          affects: [{ ref: 'a' }],
        },
      ],
    }),
};
