import { schema } from 'backstage-plugin-supply-chain-common';
import { LOADED } from './vulnerabilityReports';
import { DIGEST, REPOSITORY } from './reports';

export const OTHER_DIGEST = `sha256:${'5'.repeat(64)}`;

const NONE: schema.SeverityCounts = {
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  negligible: 0,
  unknown: 0,
};

function row(
  changes: Partial<schema.VulnerabilityRow> = {},
): schema.VulnerabilityRow {
  const severity = changes.severity ?? 'critical';
  return {
    id: 'CVE-2026-1',
    packageName: 'openssl',
    installedVersion: '3.0.1',
    severity,
    sources: [
      {
        scanner: 'Trivy',
        id: 'CVE-2026-1',
        severity,
        scannedAt: '2026-11-23T09:00:00Z',
      },
    ],
    ...changes,
  };
}

function side(
  changes: Partial<schema.ComparedImage> = {},
): schema.ComparedImage {
  return {
    repository: REPOSITORY,
    digest: DIGEST,
    imageRefs: [`${REPOSITORY}:2.14.1`],
    platforms: ['linux/amd64'],
    running: true,
    placements: [],
    vulnerabilities: { status: 'present', counts: NONE, fixable: 0 },
    firstSeen: '2026-11-20T09:00:00Z',
    lastSeen: '2026-11-23T09:00:00Z',
    ...changes,
  };
}

export function imageComparison(
  changes: Partial<schema.ImageComparison> = {},
): schema.ImageComparison {
  const items: schema.ComparedFinding[] = changes.items ?? [
    { change: 'new', after: row() },
    {
      change: 'mayBeNew',
      reason: 'scannedByOthers',
      after: row({ id: 'CVE-2026-2', severity: 'low' }),
    },
    {
      change: 'changed',
      before: row({ id: 'CVE-2026-3', severity: 'low' }),
      after: row({
        id: 'CVE-2026-3',
        severity: 'high',
        installedVersion: '3.0.2',
      }),
    },
    { change: 'fixed', before: row({ id: 'CVE-2026-4', severity: 'high' }) },
  ];
  return {
    image: side(),
    with: side({
      digest: OTHER_DIGEST,
      imageRefs: [`${REPOSITORY}:2.14.0`],
      running: false,
    }),
    notAffected: 0,
    counts: {
      new: { ...NONE, critical: 1 },
      mayBeNew: { ...NONE, low: 1 },
      changed: { ...NONE, high: 1 },
      fixed: { ...NONE, high: 1 },
      mayBeFixed: NONE,
      unchanged: { ...NONE, medium: 40 },
    },
    facts: [
      {
        id: 'signer',
        before: ['release'],
        after: ['stranger'],
        result: 'different',
        expected: 'same',
      },
      {
        id: 'commit',
        before: ['aa'],
        after: ['bb'],
        result: 'different',
        expected: 'different',
      },
      {
        id: 'builder',
        before: ['builder'],
        after: ['builder'],
        result: 'unknown',
        expected: 'same',
        claimed: ['after'],
      },
      {
        id: 'baseImage',
        before: ['alpine:3.19'],
        after: ['alpine:3.20'],
        result: 'different',
      },
      {
        id: 'provenance',
        before: ['claimed'],
        after: ['verified'],
        result: 'different',
        expected: 'same',
      },
      {
        id: 'signature',
        before: ['unsigned'],
        after: ['verified'],
        result: 'different',
        expected: 'same',
      },
    ],
    packages: [{ name: 'openssl', before: ['3.0.1'], after: ['3.0.2'] }],
    packagesTotal: 3,
    total: items.length,
    items,
    exploitData: LOADED,
    sandbox: false,
    ...changes,
  };
}

export function comparisonCandidates(
  changes: Partial<schema.ComparisonCandidate>[] = [{}],
): schema.ComparisonCandidates {
  return {
    items: changes.map(each => ({
      repository: REPOSITORY,
      digest: OTHER_DIGEST,
      imageRef: `${REPOSITORY}:2.14.0`,
      relation: 'previous',
      running: false,
      clusters: ['prod-eu'],
      firstSeen: '2026-11-01T09:00:00Z',
      lastSeen: '2026-11-20T09:00:00Z',
      ...each,
    })),
    sandbox: false,
  };
}
