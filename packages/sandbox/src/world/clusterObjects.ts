import { KubernetesObject } from '../kubernetes';
import { uidOf } from './podObjects';

const ARCHITECTURES = ['amd64', 'arm64'];
const NAMESPACES = ['default', 'kube-system', 'checkout', 'core', 'edge'];

/**
 * What every cluster has before anything runs: one node for each architecture
 * and the namespaces.
 * @public
 */
export function clusterObjects(cluster: string): KubernetesObject[] {
  return [
    ...ARCHITECTURES.map(architecture => node(cluster, architecture)),
    ...NAMESPACES.map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        uid: uidOf(cluster, 'Namespace', name),
        labels: { 'kubernetes.io/metadata.name': name },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })),
  ];
}

function node(cluster: string, architecture: string): KubernetesObject {
  const name = `${cluster}-${architecture}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: uidOf(cluster, 'Node', name),
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
      },
    },
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: {
        architecture,
        operatingSystem: 'linux',
        kubeletVersion: 'v1.37.2',
        containerRuntimeVersion: 'containerd://2.1.4',
        osImage: 'Sandbox Linux',
        kernelVersion: '6.12.0',
      },
    },
  };
}
