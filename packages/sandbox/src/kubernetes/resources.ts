/**
 * An object of the Kubernetes API.
 * @public
 */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<{
      apiVersion: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
      blockOwnerDeletion?: boolean;
    }>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/**
 * A resource type the fake server knows.
 * @public
 */
export interface KubernetesResource {
  /** Empty for the core group. */
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  /** Served from a CustomResourceDefinition: its list items carry apiVersion and kind. */
  custom?: boolean;
}

function core(plural: string, kind: string, namespaced = true) {
  return { group: '', version: 'v1', plural, kind, namespaced };
}

function grouped(group: string, version: string, plural: string, kind: string) {
  return { group, version, plural, kind, namespaced: true };
}

function custom(
  apiVersion: string,
  plural: string,
  kind: string,
  namespaced = true,
) {
  const [group, version] = apiVersion.split('/');
  return { group, version, plural, kind, namespaced, custom: true };
}

/**
 * Everything a reader of running workloads, Trivy Operator reports and reports
 * of other enforcers may ask for, and the further types the Kubernetes tab of a
 * portal lists.
 * @public
 */
export const KUBERNETES_RESOURCES: readonly KubernetesResource[] = [
  core('pods', 'Pod'),
  core('nodes', 'Node', false),
  core('namespaces', 'Namespace', false),
  core('services', 'Service'),
  core('configmaps', 'ConfigMap'),
  core('limitranges', 'LimitRange'),
  core('resourcequotas', 'ResourceQuota'),
  core('secrets', 'Secret'),
  grouped('apps', 'v1', 'replicasets', 'ReplicaSet'),
  grouped('apps', 'v1', 'deployments', 'Deployment'),
  grouped('apps', 'v1', 'statefulsets', 'StatefulSet'),
  grouped('apps', 'v1', 'daemonsets', 'DaemonSet'),
  grouped('batch', 'v1', 'jobs', 'Job'),
  grouped('batch', 'v1', 'cronjobs', 'CronJob'),
  grouped('networking.k8s.io', 'v1', 'ingresses', 'Ingress'),
  grouped(
    'autoscaling',
    'v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'vulnerabilityreports',
    'VulnerabilityReport',
  ),
  custom('aquasecurity.github.io/v1alpha1', 'sbomreports', 'SbomReport'),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clustersbomreports',
    'ClusterSbomReport',
    false,
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'configauditreports',
    'ConfigAuditReport',
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'rbacassessmentreports',
    'RbacAssessmentReport',
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'infraassessmentreports',
    'InfraAssessmentReport',
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'exposedsecretreports',
    'ExposedSecretReport',
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clusterconfigauditreports',
    'ClusterConfigAuditReport',
    false,
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clusterrbacassessmentreports',
    'ClusterRbacAssessmentReport',
    false,
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clusterinfraassessmentreports',
    'ClusterInfraAssessmentReport',
    false,
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clustercompliancereports',
    'ClusterComplianceReport',
    false,
  ),
  custom(
    'aquasecurity.github.io/v1alpha1',
    'clustervulnerabilityreports',
    'ClusterVulnerabilityReport',
    false,
  ),
  custom('wgpolicyk8s.io/v1alpha2', 'policyreports', 'PolicyReport'),
  custom(
    'wgpolicyk8s.io/v1alpha2',
    'clusterpolicyreports',
    'ClusterPolicyReport',
    false,
  ),
  custom('openreports.io/v1alpha1', 'reports', 'Report'),
  custom('openreports.io/v1alpha1', 'clusterreports', 'ClusterReport', false),
];

/**
 * `v1` or `group/version`.
 * @public
 */
export function apiVersionOf(resource: KubernetesResource): string {
  return resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
}

/**
 * The resource type of an object.
 * @public
 */
export function resourceOf(object: {
  apiVersion: string;
  kind: string;
}): KubernetesResource {
  const found = KUBERNETES_RESOURCES.find(
    resource =>
      resource.kind === object.kind &&
      apiVersionOf(resource) === object.apiVersion,
  );
  if (!found) {
    throw new TypeError(
      `expected a known kind, got '${object.apiVersion} ${object.kind}'`,
    );
  }
  return found;
}
