import { formatApiTime, KubernetesObject } from '../kubernetes';
import { uidOf } from './podObjects';
import { CheckPlan } from './serviceTypes';
import { reportMetadata } from './trivyReport';

const API_VERSION = 'aquasecurity.github.io/v1alpha1';
const HOUR_MS = 60 * 60 * 1000;
const SCANNER = { name: 'Trivy', vendor: 'Aqua Security', version: '0.65.0' };

/**
 * A check or a secret as Trivy Operator lists it.
 * @public
 */
export type Entry = Record<string, unknown> & {
  severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  success?: boolean;
};

const SECRETS: Entry[] = [
  {
    category: 'Stripe',
    match: 'secret_key: *****',
    ruleID: 'stripe-secret-token',
    severity: 'CRITICAL',
    target: '/app/config/billing.yaml',
    title: 'Stripe Secret Key',
  },
];

interface CheckReportOptions {
  plan: CheckPlan | undefined;
  /** The controller Trivy Operator reports on: ReplicaSet, StatefulSet or CronJob. */
  controller: KubernetesObject;
  container: string;
  now: Date;
}

/**
 * What Trivy Operator reports on a workload beside its vulnerabilities.
 * @public
 */
export function checkReports(options: CheckReportOptions): KubernetesObject[] {
  const { plan, controller, container, now } = options;
  const createdAt = formatApiTime(new Date(now.getTime() - 2 * HOUR_MS));
  const of = { controller, createdAt };
  switch (plan) {
    case 'flawed':
      return [
        report('ConfigAuditReport', of, configurationOf(controller)),
        report(
          'RbacAssessmentReport',
          { createdAt, controller: roleBeside(controller) },
          rolesOf(controller),
        ),
        report('ExposedSecretReport', { ...of, container }, SECRETS),
      ];
    case 'clean':
      return [report('ConfigAuditReport', of, [])];
    case undefined:
      return [];
    default:
      throw new TypeError(`unknown checks '${plan}'`);
  }
}

/**
 * A report of Trivy Operator that lists checks or secrets, with the counts of its summary.
 * @public
 */
export function report(
  kind: string,
  of: { controller: KubernetesObject; container?: string; createdAt: string },
  entries: Entry[],
): KubernetesObject {
  const metadata = reportMetadata(of);
  const failed = entries.filter(({ success }) => success !== true);
  const count = (severity: Entry['severity']) =>
    failed.filter(each => each.severity === severity).length;
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      ...metadata,
      uid: uidOf(metadata.namespace ?? '', kind, metadata.name),
    },
    report: {
      scanner: SCANNER,
      summary: {
        criticalCount: count('CRITICAL'),
        highCount: count('HIGH'),
        mediumCount: count('MEDIUM'),
        lowCount: count('LOW'),
      },
      // Reports on roles and on the control plane carry no time.
      ...(!/(Rbac|Infra)AssessmentReport$/.test(kind) && {
        updateTimestamp: of.createdAt,
      }),
      [kind === 'ExposedSecretReport' ? 'secrets' : 'checks']: entries,
    },
  };
}

function configurationOf({ kind, metadata }: KubernetesObject): Entry[] {
  const { name } = metadata;
  const common = { category: 'Kubernetes Security Check' };
  return [
    {
      ...common,
      checkID: 'KSV001',
      title: 'Can elevate its own privileges',
      description: 'A program inside the container can elevate its privileges.',
      severity: 'MEDIUM',
      messages: [''],
      remediation: "Set 'securityContext.allowPrivilegeEscalation' to 'false'.",
      success: true,
    },
    {
      ...common,
      checkID: 'KSV012',
      title: 'Runs as root user',
      description: "Force the container to run as a user other than 'root'.",
      severity: 'MEDIUM',
      messages: [
        `Container of ${kind} '${name}' should set 'securityContext.runAsNonRoot' to true`,
      ],
      remediation: "Set 'securityContext.runAsNonRoot' to true.",
      success: false,
    },
    {
      ...common,
      checkID: 'KSV014',
      title: 'Root file system is not read-only',
      description: 'A read-only root file system keeps applications from it.',
      severity: 'HIGH',
      messages: [
        `Container of ${kind} '${name}' should set 'securityContext.readOnlyRootFilesystem' to true`,
      ],
      remediation: "Set 'securityContext.readOnlyRootFilesystem' to true.",
      success: false,
    },
  ];
}

function rolesOf(controller: KubernetesObject): Entry[] {
  const { name, namespace } = roleBeside(controller).metadata;
  return [
    {
      checkID: 'KSV113',
      title: 'Manage namespace secrets',
      description:
        'Viewing secrets at the namespace scope can lead to escalation.',
      severity: 'MEDIUM',
      category: 'Kubernetes Security Check',
      messages: [
        `Role '${name}' shouldn't have access to manage secrets in namespace '${namespace}'`,
      ],
      remediation:
        "Manage namespace secrets are not allowed. Remove resource 'secrets' from role",
      success: false,
    },
  ];
}

/** A role somebody made for the workload. */
function roleBeside({ metadata }: KubernetesObject): KubernetesObject {
  const name = `${metadata.name.split('-')[0]}-operator`;
  const { namespace = '' } = metadata;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name, namespace, uid: uidOf(namespace, 'Role', name) },
  };
}
