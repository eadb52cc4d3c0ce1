/**
 * Everything this product reads from a cluster; deploy/rbac.yaml grants exactly this (L31).
 *
 * @public
 */
export const READABLE_RESOURCES = {
  pods: { group: '', version: 'v1', kind: 'Pod', namespaced: true },
  nodes: { group: '', version: 'v1', kind: 'Node', namespaced: false },
  replicasets: {
    group: 'apps',
    version: 'v1',
    kind: 'ReplicaSet',
    namespaced: true,
  },
  jobs: { group: 'batch', version: 'v1', kind: 'Job', namespaced: true },
  vulnerabilityreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'VulnerabilityReport',
    namespaced: true,
  },
  sbomreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'SbomReport',
    namespaced: true,
  },
  clustersbomreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterSbomReport',
    namespaced: false,
  },
  configauditreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ConfigAuditReport',
    namespaced: true,
  },
  rbacassessmentreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'RbacAssessmentReport',
    namespaced: true,
  },
  infraassessmentreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'InfraAssessmentReport',
    namespaced: true,
  },
  exposedsecretreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ExposedSecretReport',
    namespaced: true,
  },
  clusterconfigauditreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterConfigAuditReport',
    namespaced: false,
  },
  clusterrbacassessmentreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterRbacAssessmentReport',
    namespaced: false,
  },
  clusterinfraassessmentreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterInfraAssessmentReport',
    namespaced: false,
  },
  clustercompliancereports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterComplianceReport',
    namespaced: false,
  },
  clustervulnerabilityreports: {
    group: 'aquasecurity.github.io',
    version: 'v1alpha1',
    kind: 'ClusterVulnerabilityReport',
    namespaced: false,
  },
  policyreports: {
    group: 'wgpolicyk8s.io',
    version: 'v1alpha2',
    kind: 'PolicyReport',
    namespaced: true,
  },
  clusterpolicyreports: {
    group: 'wgpolicyk8s.io',
    version: 'v1alpha2',
    kind: 'ClusterPolicyReport',
    namespaced: false,
  },
  reports: {
    group: 'openreports.io',
    version: 'v1alpha1',
    kind: 'Report',
    namespaced: true,
  },
  clusterreports: {
    group: 'openreports.io',
    version: 'v1alpha1',
    kind: 'ClusterReport',
    namespaced: false,
  },
} as const;

/**
 * A resource this product may read, by its plural.
 *
 * @public
 */
export type ReadableResource = keyof typeof READABLE_RESOURCES;

/**
 * What to read: a whole resource, one namespace of it, or one object.
 *
 * @public
 */
export type ResourceTarget = {
  resource: ReadableResource;
  namespace?: string;
  name?: string;
};

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..' || /[/%]/.test(text)) {
    throw new TypeError(
      `expected a path segment, got '${text.slice(0, 64)}' (L31)`,
    );
  }
  return encodeURIComponent(text);
}

/**
 * The path of a target on an API server. Throws a `TypeError` for anything outside the closed list (L31).
 *
 * @public
 */
export function resourcePath(target: ResourceTarget): string {
  if (!Object.hasOwn(READABLE_RESOURCES, target.resource)) {
    throw new TypeError(`resource '${target.resource}' is not read (L31)`);
  }
  const { group, version, namespaced } = READABLE_RESOURCES[target.resource];
  if (!namespaced && target.namespace !== undefined) {
    throw new TypeError(`'${target.resource}' has no namespaces`);
  }
  if (namespaced && target.name && target.namespace === undefined) {
    throw new TypeError(`expected a namespace for '${target.resource}'`);
  }
  const parts = [
    group ? `apis/${group}` : 'api',
    version,
    ...(target.namespace === undefined
      ? []
      : ['namespaces', segment(target.namespace)]),
    target.resource,
    ...(target.name === undefined ? [] : [segment(target.name)]),
  ];
  return `/${parts.join('/')}`;
}

/**
 * Where an API server says which groups it serves, and which resources of one.
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
 *
 * @internal
 */
export type DiscoveryPath = '/apis' | `/apis/${string}/${string}`;

/**
 * The path under which a resource of a group is announced.
 *
 * @internal
 */
export function discoveryPath(resource: ReadableResource): DiscoveryPath {
  const { group, version } = READABLE_RESOURCES[resource];
  if (!group) {
    throw new TypeError(`'${resource}' is part of every cluster`);
  }
  return `/apis/${group}/${version}`;
}
