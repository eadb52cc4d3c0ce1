import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubernetesObject } from 'sandbox';

/** One kind of object a history changes. */
export type ObjectKind = {
  plural: string;
  type: Pick<KubernetesObject, 'apiVersion' | 'kind'>;
  namespace?: string;
  /** Never deleted: what depends on it keeps the last answer, so that its end changes nothing. */
  lasting?: boolean;
  /** `marker` is another number for every write; `name` ends in the number of the object. */
  make: (options: { name: string; number: number; marker: number }) => object;
};

const MODULES = join(__dirname, '../../../..');

function recorded(
  module: string,
  file: string,
  position: number,
): KubernetesObject {
  const path = join(
    MODULES,
    `supply-chain-backend-module-${module}/src/__fixtures__`,
    file,
  );
  const object: KubernetesObject = JSON.parse(readFileSync(path, 'utf8')).items[
    position
  ];
  const { labels } = object.metadata;
  return { ...object, metadata: { name: '', labels } };
}

const report = recorded('trivy', 'vulnerabilityreports.json', 2);
const policyReport = recorded('kubernetes', 'policyreports.json', 1);
const pod = recorded('kubernetes', 'pods.json', 10);

/** When the write of a marker took place, as the report says it. */
export const scanTimeOf = (marker: number) =>
  new Date(Date.UTC(2026, 10, 23) + marker * 1000).toISOString();

export const vulnerabilityReports: ObjectKind = {
  plural: 'vulnerabilityreports',
  type: {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'VulnerabilityReport',
  },
  namespace: 'shop',
  make: ({ marker }) => ({
    ...report,
    report: {
      ...(report.report as object),
      updateTimestamp: scanTimeOf(marker).replace('.000', ''),
    },
  }),
};

const sbom = recorded('trivy', 'sbomreports.json', 1);

function sbomKind(
  plural: string,
  kind: string,
  about: { namespace?: string; described?: object },
): ObjectKind {
  return {
    plural,
    type: { apiVersion: 'aquasecurity.github.io/v1alpha1', kind },
    namespace: about.namespace,
    make: ({ marker }) => {
      const content = sbom.report as { components: { metadata: object } };
      const { components } = content;
      const metadata = {
        ...components.metadata,
        ...about.described,
        timestamp: scanTimeOf(marker),
      };
      return {
        ...sbom,
        report: { ...content, components: { ...components, metadata } },
      };
    },
  };
}

/** Of images, and of the cluster itself. */
export const sbomReports: readonly ObjectKind[] = [
  sbomKind('sbomreports', 'SbomReport', { namespace: 'shop' }),
  sbomKind('clustersbomreports', 'ClusterSbomReport', {
    described: { component: { type: 'platform', name: 'k8s.io/kubernetes' } },
  }),
];

function reportKind(
  apiVersion: string,
  plural: string,
  kind: string,
  namespace?: string,
): ObjectKind {
  return {
    plural,
    type: { apiVersion, kind },
    namespace,
    make: ({ number, marker }) => ({
      ...policyReport,
      scope: undefined,
      results: [
        {
          ...(policyReport.results as object[])[0],
          message: `write ${marker}`,
          resources: [
            {
              apiVersion: 'v1',
              kind: 'Pod',
              namespace: 'shop',
              name: `p${number}`,
            },
          ],
        },
      ],
    }),
  };
}

export const policyReports: readonly ObjectKind[] = [
  reportKind(
    'wgpolicyk8s.io/v1alpha2',
    'policyreports',
    'PolicyReport',
    'shop',
  ),
  reportKind(
    'wgpolicyk8s.io/v1alpha2',
    'clusterpolicyreports',
    'ClusterPolicyReport',
  ),
  reportKind('openreports.io/v1alpha1', 'reports', 'Report', 'shop'),
  reportKind('openreports.io/v1alpha1', 'clusterreports', 'ClusterReport'),
];

function checkKind(
  plural: string,
  kind: string,
  about: { kind: string; namespace?: string },
): ObjectKind {
  return {
    plural,
    type: { apiVersion: 'aquasecurity.github.io/v1alpha1', kind },
    namespace: about.namespace,
    make: ({ number, marker }) => ({
      metadata: {
        labels: {
          'trivy-operator.resource.kind': about.kind,
          'trivy-operator.resource.name': `o${number}`,
        },
      },
      report: {
        checks: [
          { checkID: 'KSV041', title: `write ${marker}`, success: false },
        ],
      },
    }),
  };
}

export const operatorReports: readonly ObjectKind[] = [
  checkKind('configauditreports', 'ConfigAuditReport', {
    kind: 'ReplicaSet',
    namespace: 'shop',
  }),
  checkKind('clusterrbacassessmentreports', 'ClusterRbacAssessmentReport', {
    kind: 'ClusterRole',
  }),
  {
    plural: 'clustercompliancereports',
    type: {
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'ClusterComplianceReport',
    },
    make: ({ marker }) => ({
      spec: {
        compliance: { controls: [{ id: '1', name: `write ${marker}` }] },
      },
    }),
  },
  {
    plural: 'clustervulnerabilityreports',
    type: {
      apiVersion: 'aquasecurity.github.io/v1alpha1',
      kind: 'ClusterVulnerabilityReport',
    },
    make: ({ marker }) => ({
      report: {
        updateTimestamp: scanTimeOf(marker),
        vulnerabilities: [
          {
            vulnerabilityID: 'CVE-2026-1',
            resource: 'kubelet',
            title: `write ${marker}`,
          },
        ],
      },
    }),
  },
];

/** Replica sets and nodes a pod of a number belongs to. */
export const ownerNumberOf = (number: number) => number % 3;
export const nodeNumberOf = (number: number) => number % 2;

export const pods: ObjectKind = {
  plural: 'pods',
  type: { apiVersion: 'v1', kind: 'Pod' },
  namespace: 'shop',
  make: ({ number, marker }) => {
    const owner = ownerNumberOf(number);
    return {
      ...pod,
      metadata: {
        labels: { write: String(marker) },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: `replicaset-${owner}`,
            uid: `uid-of-replicaset-${owner}`,
            controller: true,
          },
        ],
      },
      spec: {
        ...(pod.spec as object),
        nodeName: `node-${nodeNumberOf(number)}`,
      },
      status: {
        ...(pod.status as object),
        phase: marker % 9 === 8 ? 'Succeeded' : 'Running',
      },
    };
  },
};

export const replicaSets: ObjectKind = {
  plural: 'replicasets',
  type: { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  namespace: 'shop',
  lasting: true,
  make: ({ name, marker }) => ({
    metadata: {
      uid: `uid-of-${name}`,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: `deployment-${marker % 4}`,
          uid: `uid-of-deployment-${marker % 4}`,
          controller: true,
        },
      ],
    },
  }),
};

export const nodes: ObjectKind = {
  plural: 'nodes',
  type: { apiVersion: 'v1', kind: 'Node' },
  lasting: true,
  make: ({ marker }) => ({
    metadata: {
      labels: {
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': marker % 2 ? 'arm64' : 'amd64',
      },
    },
  }),
};
