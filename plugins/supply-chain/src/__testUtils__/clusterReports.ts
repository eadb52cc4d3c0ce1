import { schema } from 'backstage-plugin-supply-chain-common';
import { ClusterApi } from '../api';

const NONE = {
  critical: 0,
  high: 0,
  medium: 0,
  low: 0,
  negligible: 0,
  unknown: 0,
};

/** A cluster on which everything is reported. */
export function clusterReport(
  changes: Partial<schema.ClusterReport> = {},
): schema.ClusterReport {
  return {
    cluster: 'prod-eu',
    compliance: {
      reads: [{ kind: 'ClusterComplianceReport', state: 'ok' }],
      frameworks: [
        {
          id: 'clustercompliancereports/cis',
          name: 'k8s-cis-1.23',
          title: 'CIS Kubernetes Benchmarks',
          version: '1.23',
          controls: { fail: 2, notEvaluated: 3, pass: 4 },
          evaluatedAt: '2026-11-23T09:00:00Z',
        },
        {
          id: 'clustercompliancereports/nsa',
          name: 'nsa',
          title: 'NSA Hardening',
          controls: { fail: 1, notEvaluated: 0, pass: 0 },
        },
      ],
    },
    checks: {
      reads: [{ kind: 'ClusterRbacAssessmentReport', state: 'ok' }],
      topics: [
        {
          topic: 'rbac',
          objects: 12,
          failingChecks: 1,
          failingObjects: 2,
          leftOut: 5,
          observedAt: '2026-11-23T08:00:00Z',
        },
      ],
    },
    vulnerabilities: {
      reads: [{ kind: 'ClusterVulnerabilityReport', state: 'ok' }],
      scans: [
        {
          name: 'k8s.io/kubernetes',
          version: '1.31.0',
          os: 'ubuntu 22.04',
          endOfLife: true,
          scanner: 'Trivy 0.72.0',
          scannedAt: '2026-11-23T08:00:00Z',
        },
      ],
      counts: { ...NONE, high: 1 },
      fixable: 1,
    },
    contents: {
      reads: [{ kind: 'ClusterSbomReport', state: 'ok' }],
      sbom: {
        name: 'k8s.io/kubernetes',
        version: '1.31.0',
        format: 'CycloneDX',
        specVersion: '1.6',
        tool: { name: 'Trivy', version: '0.72.0' },
        components: 21,
        generatedAt: '2026-11-23T08:00:00Z',
      },
    },
    missingPermissions: [],
    sandbox: false,
    ...changes,
  };
}

/** A cluster of which nothing is known, for the reason given. */
export function silentCluster(
  read: Omit<schema.ClusterRead, 'kind'>,
): schema.ClusterReport {
  return clusterReport({
    compliance: {
      reads: [{ kind: 'ClusterComplianceReport', ...read }],
      frameworks: [],
    },
    checks: {
      reads: [{ kind: 'ClusterRbacAssessmentReport', ...read }],
      topics: [],
    },
    vulnerabilities: {
      reads: [{ kind: 'ClusterVulnerabilityReport', ...read }],
      scans: [],
      counts: NONE,
      fixable: 0,
    },
    contents: { reads: [{ kind: 'ClusterSbomReport', ...read }] },
  });
}

/** Answers about clusters, good ones unless told otherwise. */
export function fakeClusterApi(
  changes: Partial<ClusterApi> = {},
): jest.Mocked<ClusterApi> {
  return {
    getClusters: jest.fn(async () => ({
      total: 0,
      items: [],
      sandbox: false,
    })),
    getCluster: jest.fn(async () => clusterReport()),
    getControls: jest.fn(async () => ({ total: 0, items: [] })),
    getFailingChecks: jest.fn(async () => ({ total: 0, items: [] })),
    getCheckedObjects: jest.fn(async () => ({ total: 0, items: [] })),
    getVulnerabilities: jest.fn(async () => ({ total: 0, items: [] })),
    getComponents: jest.fn(async () => ({ total: 0, items: [] })),
    ...changes,
  } as jest.Mocked<ClusterApi>;
}
