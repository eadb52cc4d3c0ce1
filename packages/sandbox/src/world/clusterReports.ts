import { formatApiTime, KubernetesObject } from '../kubernetes';
import { Entry, report } from './checkReports';
import { clusterSbom, coreVulnerabilities } from './coreComponents';
import { uidOf } from './podObjects';
import { ClusterName } from './serviceTypes';

const API_VERSION = 'aquasecurity.github.io/v1alpha1';
const RBAC = 'rbac.authorization.k8s.io/v1';
const HOUR_MS = 60 * 60 * 1000;

type Control = {
  id: string;
  name: string;
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  /** Absent: people have to look at it. */
  check?: string;
  /** Objects it fails on. Absent: nothing was found to check. */
  failed?: number;
};

const BENCHMARK: Control[] = [
  {
    id: '1.2.1',
    name: 'Ensure that the --anonymous-auth argument is set to false',
    severity: 'MEDIUM',
    check: 'AVD-KCV-0001',
    failed: 1,
  },
  {
    id: '1.2.18',
    name: 'Ensure that the --audit-log-path argument is set',
    severity: 'MEDIUM',
    check: 'AVD-KCV-0019',
    failed: 0,
  },
  {
    id: '1.2.29',
    name: 'Ensure that encryption providers are appropriately configured (Manual)',
    severity: 'LOW',
  },
  {
    id: '5.1.1',
    name: 'Ensure that the cluster-admin role is only used where required',
    severity: 'HIGH',
    check: 'AVD-KSV-0111',
    failed: 1,
  },
  {
    id: '5.1.2',
    name: 'Minimize access to secrets',
    severity: 'HIGH',
    check: 'AVD-KSV-0041',
    failed: 2,
  },
  {
    id: '5.2.2',
    name: 'Minimize the admission of privileged containers',
    severity: 'HIGH',
    check: 'AVD-KSV-0017',
    failed: 0,
  },
  {
    id: '5.3.1',
    name: 'Ensure that the CNI in use supports network policies (Manual)',
    severity: 'MEDIUM',
  },
];

const STANDARD: Control[] = [
  {
    id: '1',
    name: 'Host ports',
    severity: 'HIGH',
    check: 'AVD-KSV-0024',
    failed: 0,
  },
  {
    id: '2',
    name: 'Run as root user',
    severity: 'MEDIUM',
    check: 'AVD-KSV-0012',
    failed: 3,
  },
  {
    id: '3',
    name: 'Seccomp profile is not unconfined',
    severity: 'LOW',
    check: 'AVD-KSV-0104',
  },
];

/**
 * What Trivy Operator reports on a cluster as a whole: on roles and nodes, on frameworks, and on the components the
 * cluster is made of. Of `prod-us` nothing is known of the last.
 * @public
 */
export function clusterReports(
  cluster: ClusterName,
  now: Date,
): KubernetesObject[] {
  const at = (hoursAgo: number) =>
    formatApiTime(new Date(now.getTime() - hoursAgo * HOUR_MS));
  const standard = complianceReport({
    cluster,
    id: 'k8s-pss-baseline-0.1',
    title: 'Kubernetes Pod Security Standards - Baseline',
    version: '0.1',
    reportType: 'all',
    controls: STANDARD,
    at: at(3),
  });
  const node = of(cluster, 'v1', 'Node', `${cluster}-amd64`);
  const admin = of(cluster, RBAC, 'ClusterRoleBinding', 'break-glass');
  const checked = (object: KubernetesObject) => ({
    controller: object,
    createdAt: at(5),
  });
  switch (cluster) {
    case 'prod-eu':
      return [
        standard,
        complianceReport({
          cluster,
          id: 'k8s-cis-1.23',
          title: 'CIS Kubernetes Benchmarks v1.23',
          version: '1.23',
          reportType: 'summary',
          controls: BENCHMARK,
          at: at(3),
        }),
        ...['backup-operator', 'legacy-dashboard'].map(name =>
          report(
            'ClusterRbacAssessmentReport',
            checked(of(cluster, RBAC, 'ClusterRole', name)),
            [secretsOf(name), wildcardOf(name, name === 'backup-operator')],
          ),
        ),
        report('ClusterConfigAuditReport', checked(admin), [adminOf(admin)]),
        report('ClusterInfraAssessmentReport', checked(node), [
          kubeletOf(node),
        ]),
        clusterSbom(cluster, at(20)),
        coreVulnerabilities(cluster, { now, at: at(20) }),
      ];
    case 'prod-us':
      return [
        standard,
        report(
          'ClusterRbacAssessmentReport',
          checked(of(cluster, RBAC, 'ClusterRole', 'backup-operator')),
          [wildcardOf('backup-operator', true)],
        ),
      ];
    default:
      throw new TypeError(`unknown cluster '${cluster}'`);
  }
}

function of(
  cluster: string,
  apiVersion: string,
  kind: string,
  name: string,
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: { name, uid: uidOf(cluster, kind, name) },
  };
}

function secretsOf(role: string): Entry {
  return {
    checkID: 'KSV041',
    title: 'Manage secrets',
    description: 'Viewing secrets at the cluster scope can lead to escalation.',
    severity: 'CRITICAL',
    category: 'Kubernetes Security Check',
    messages: [
      `ClusterRole '${role}' shouldn't have access to manage resource 'secrets'`,
    ],
    remediation: "Remove the resource 'secrets' from the cluster role.",
    success: false,
  };
}

function wildcardOf(role: string, success: boolean): Entry {
  return {
    checkID: 'KSV046',
    title: 'Manage all resources',
    description: 'Full control of all resources is nearly never needed.',
    severity: 'CRITICAL',
    category: 'Kubernetes Security Check',
    messages: [
      success ? '' : `ClusterRole '${role}' shouldn't manage all resources`,
    ],
    remediation: "Remove '*' from the resources of the cluster role.",
    success,
  };
}

function adminOf({ metadata }: KubernetesObject): Entry {
  return {
    checkID: 'KSV111',
    title: 'cluster-admin is bound',
    description: 'Whoever is bound to cluster-admin may do everything.',
    severity: 'HIGH',
    category: 'Kubernetes Security Check',
    messages: [`ClusterRoleBinding '${metadata.name}' binds cluster-admin`],
    remediation: 'Bind a role with the rights that are needed.',
    success: false,
  };
}

function kubeletOf({ metadata }: KubernetesObject): Entry {
  return {
    checkID: 'KCV0088',
    title: 'The kubelet has no client certificate',
    description: 'The API server cannot tell who answers for the node.',
    severity: 'MEDIUM',
    category: 'Kubernetes Security Check',
    messages: [`Node '${metadata.name}' starts its kubelet without one`],
    remediation: 'Set --tls-cert-file and --tls-private-key-file.',
    success: false,
  };
}

function complianceReport(options: {
  cluster: string;
  id: string;
  title: string;
  version: string;
  reportType: 'summary' | 'all';
  controls: Control[];
  at: string;
}): KubernetesObject {
  const { cluster, id, title, version, reportType, controls, at } = options;
  const failing = controls.filter(({ failed = 0 }) => failed > 0).length;
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterComplianceReport',
    metadata: {
      name: id,
      uid: uidOf(cluster, 'ClusterComplianceReport', id),
      creationTimestamp: at,
    },
    spec: {
      cron: '0 */6 * * *',
      reportType,
      compliance: {
        id,
        title,
        version,
        description: title,
        platform: 'k8s',
        type: id.split('-')[1],
        relatedResources: [],
        controls: controls.map(({ check, failed, ...control }) => ({
          ...control,
          description: control.name,
          ...(check ? { checks: [{ id: check }] } : { defaultStatus: 'FAIL' }),
        })),
      },
    },
    status: {
      updateTimestamp: at,
      // The operator counts what nobody looked at as met.
      summary: { failCount: failing, passCount: controls.length - failing },
      ...(reportType === 'summary'
        ? { summaryReport: { id, title, controlCheck: controls.map(counted) } }
        : {
            detailReport: { id, title, version, results: controls.map(listed) },
          }),
    },
  };
}

function counted({ check, failed, ...control }: Control) {
  return { ...control, ...(check && { totalFail: failed ?? 0 }) };
}

function listed({ check, failed, ...control }: Control) {
  const made = (success: boolean, target: string) => ({
    checkID: check,
    severity: control.severity,
    target,
    success,
  });
  const failures = Array.from({ length: failed ?? 0 }, (_, index) =>
    made(false, `default/replicaset-${index}`),
  );
  const checks = [
    ...failures,
    ...(failed === 0 ? [made(true, 'default/replicaset-0')] : []),
  ];
  return {
    ...control,
    description: control.name,
    // What the operator writes where there was nothing to check.
    checks: checks.length
      ? checks
      : [{ checkID: '', severity: '', success: true }],
  };
}
