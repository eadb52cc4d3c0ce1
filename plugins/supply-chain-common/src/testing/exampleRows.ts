import * as schema from '../schema/openapi';

const DIGEST = `sha256:${'4b'.repeat(32)}`;

/** What one scanner says of one vulnerability. */
export const exampleSource: schema.FindingSource = {
  scanner: 'Trivy',
  id: 'CVE-2026-1',
  severity: 'critical',
  scannedAt: '2026-11-23T09:00:00Z',
};

/** A vulnerability of an image as its page has it. */
export function exampleFindingRow(
  changes: Partial<schema.VulnerabilityRow> = {},
): schema.VulnerabilityRow {
  return {
    id: 'CVE-2026-1',
    packageName: 'openssl',
    installedVersion: '3.0.1',
    severity: 'critical',
    sources: [exampleSource],
    ...changes,
  };
}

/** A vulnerability of everything that runs as its page has it. */
export function exampleVulnerabilityRow(
  changes: Partial<schema.VulnerabilityOverviewRow> = {},
): schema.VulnerabilityOverviewRow {
  return {
    id: 'CVE-2026-1',
    aliases: ['GHSA-aaaa-bbbb-cccc'],
    severity: 'critical',
    fixable: true,
    images: 12,
    services: 5,
    ...changes,
  };
}

/** A place where a vulnerability runs as its page has it. */
export function examplePlace(
  changes: Partial<schema.VulnerablePlace> = {},
): schema.VulnerablePlace {
  return {
    repository: 'registry.acme.example/payments/api',
    digest: DIGEST,
    imageRef: 'registry.acme.example/payments/api:2.14.1',
    clusters: ['prod-eu', 'prod-us'],
    severity: 'critical',
    packages: [{ name: 'openssl', installedVersion: '3.0.1' }],
    sources: [exampleSource],
    overdue: false,
    ...changes,
  };
}

const NONE: schema.OutcomeCounts = {
  fail: 0,
  unknown: 0,
  warn: 0,
  waived: 0,
  pass: 0,
  notApplicable: 0,
};

/** What a scan found, one of each severity that is easily forgotten. */
export const exampleScan: schema.VulnerabilitySummary = {
  status: 'present',
  counts: {
    critical: 1,
    high: 0,
    medium: 0,
    low: 0,
    negligible: 3,
    unknown: 4,
  },
  fixable: 1,
  notAffected: 5,
};

/** A service as the overview has it. */
export function exampleServiceRow(
  changes: Partial<schema.ServiceRow> = {},
): schema.ServiceRow {
  const share = { pass: 1, applicable: 2, unknown: 1 };
  return {
    entityRef: 'component:default/payments-api',
    outcome: 'fail',
    running: true,
    signed: share,
    provenance: share,
    registry: share,
    vulnerabilities: exampleScan,
    counts: NONE,
    clusters: ['prod-eu'],
    ...changes,
  };
}

/** An image as the tab of its service has it. */
export function exampleImageRow(
  changes: Partial<schema.ImageRow> = {},
): schema.ImageRow {
  const imageRef = 'registry.acme.example/payments/api:2.14.1';
  return {
    key: `registry.acme.example/payments/api@${DIGEST}`,
    imageRef,
    repository: 'registry.acme.example/payments/api',
    digest: DIGEST,
    counted: true,
    outcome: 'fail',
    vulnerabilities: exampleScan,
    placements: [
      {
        cluster: 'prod-eu',
        namespace: 'shop',
        workloadKind: 'Deployment',
        workloadName: 'api',
        container: 'main',
        containerType: 'app',
        imageRef,
        digestSource: 'imageID',
        pods: 2,
        started: true,
        running: true,
        firstSeen: '2026-11-20T09:00:00Z',
        lastSeen: '2026-11-23T09:00:00Z',
      },
    ],
    verdicts: [],
    counts: NONE,
    thirdParty: false,
    ...changes,
  };
}
