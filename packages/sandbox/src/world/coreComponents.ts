import { digestOf } from '../registry';
import { KubernetesObject } from '../kubernetes';
import { publishedRecently } from './madeUpVulnerabilities';
import { uidOf } from './podObjects';
import { reportMetadata } from './trivyReport';

const API_VERSION = 'aquasecurity.github.io/v1alpha1';
const VERSION = '1.31.0';
const TRIVY = '0.65.0';
const SYSTEM = { family: 'ubuntu', name: '22.04' };
const PROPERTY = 'aquasecurity:trivy:resource';

/** What the control plane is made of: name, version and the repository of its image. */
const CONTROL_PLANE: readonly [string, string, string][] = [
  ['go.etcd.io/etcd/v3', '3.5.15-0', 'etcd'],
  ['k8s.io/apiserver', VERSION, 'kube-apiserver'],
  ['k8s.io/controller-manager', VERSION, 'kube-controller-manager'],
  ['k8s.io/kube-scheduler', VERSION, 'kube-scheduler'],
  ['kube-dns', '', 'coredns/coredns'],
];

/**
 * The ClusterSbomReport on a cluster itself, as Trivy Operator writes it: the control plane with its images, and each node
 * with its system and what runs on it.
 * @public
 */
export function clusterSbom(cluster: string, at: string): KubernetesObject {
  const components = [
    ...CONTROL_PLANE.flatMap(each => controlPlaneOf(each)),
    ...['amd64', 'arm64'].flatMap(architecture =>
      nodeOf(`${cluster}-${architecture}`),
    ),
  ];
  // Each version of a cluster has a report of its own.
  const name = digestOf(`k8s.io/kubernetes:${VERSION}`).slice(7, 17);
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterSbomReport',
    metadata: {
      name,
      uid: uidOf(cluster, 'ClusterSbomReport', name),
      creationTimestamp: at,
      labels: {
        'resource-image-id': name,
        'trivy-operator.aquasecurity.github.io/sbom-type': 'kbom',
      },
    },
    report: {
      artifact: { repository: 'kubernetes', tag: VERSION },
      registry: { server: 'k8s.io' },
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: TRIVY },
      // The operator counts the cluster itself among them.
      summary: {
        componentsCount: components.length + 1,
        dependenciesCount: 0,
      },
      updateTimestamp: at,
      components: {
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        serialNumber: `urn:uuid:${uidOf(cluster, 'contents', at)}`,
        version: 1,
        metadata: {
          timestamp: at,
          tools: {
            components: [
              { type: 'application', name: 'trivy', version: TRIVY },
            ],
          },
          component: {
            ...component('platform', 'k8s.io/kubernetes', VERSION),
            properties: properties(cluster, 'cluster'),
          },
        },
        components,
        dependencies: [],
      },
    },
  };
}

function controlPlaneOf([
  name,
  version,
  image,
]: (typeof CONTROL_PLANE)[number]) {
  const repository = `registry.k8s.io/${image}`;
  const digest = digestOf(`${repository} ${VERSION}`);
  return [
    {
      ...component('application', name, version),
      properties: properties(image, 'controlPlane'),
    },
    {
      type: 'container',
      name: repository,
      version: digest,
      purl: `pkg:oci/${image.split('/').pop()}@${digest.replace(
        ':',
        '%3A',
      )}?repository_url=${encodeURIComponent(repository)}`,
    },
  ];
}

function nodeOf(node: string) {
  return [
    { type: 'platform', name: node, properties: properties(node, 'node') },
    { type: 'operating-system', name: SYSTEM.family, version: SYSTEM.name },
    { type: 'application', name: 'node-core-components' },
    component('application', 'k8s.io/kubelet', VERSION),
    {
      type: 'application',
      name: 'github.com/containerd/containerd',
      version: '1.7.22',
      purl: 'pkg:golang/github.com/containerd/containerd@1.7.22',
    },
  ];
}

function component(type: string, name: string, version: string) {
  return {
    type,
    name,
    ...(version && { version }),
    ...(version &&
      name.startsWith('k8s.io/') && {
        purl: `pkg:k8s/${encodeURIComponent(name)}@${version}`,
      }),
  };
}

function properties(name: string, type: string) {
  return [
    { name: `${PROPERTY}:Name`, value: name },
    { name: `${PROPERTY}:Type`, value: type },
  ];
}

/**
 * Vulnerabilities of the components of a cluster, as Trivy Operator reports them on what {@link clusterSbom} lists.
 * @public
 */
export function coreVulnerabilities(
  cluster: string,
  { now, at }: { now: Date; at: string },
): KubernetesObject {
  const madeUp = (number: number) =>
    `CVE-${now.getUTCFullYear()}-9910${number}`;
  const metadata = reportMetadata({
    controller: clusterSbom(cluster, at),
    container: 'k8s-cluster',
    createdAt: at,
  });
  const vulnerability = (
    id: string,
    severity: string,
    fixedVersion: string,
    title: string,
  ) => ({
    vulnerabilityID: id,
    resource: 'k8s.io/kubelet',
    installedVersion: VERSION,
    fixedVersion,
    severity,
    title,
    links: [],
    target: '',
    publishedDate: publishedRecently(now),
    lastModifiedDate: publishedRecently(now),
  });
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterVulnerabilityReport',
    metadata: {
      ...metadata,
      uid: uidOf(cluster, 'ClusterVulnerabilityReport', metadata.name),
    },
    report: {
      artifact: { repository: 'kubernetes', tag: VERSION },
      registry: { server: 'k8s.io' },
      os: SYSTEM,
      scanner: { name: 'Trivy', vendor: 'Aqua Security', version: TRIVY },
      updateTimestamp: at,
      summary: {
        criticalCount: 0,
        highCount: 1,
        mediumCount: 1,
        lowCount: 0,
        unknownCount: 0,
        noneCount: 0,
      },
      vulnerabilities: [
        vulnerability(
          madeUp(1),
          'HIGH',
          '1.31.4',
          'sandbox: a pod can read files of its node',
        ),
        vulnerability(
          madeUp(2),
          'MEDIUM',
          '',
          'sandbox: logs of the kubelet hold a token',
        ),
      ],
    },
  };
}
