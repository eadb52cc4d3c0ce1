export * from './clusterRights';
export * from './KubernetesApiServer';
export { parseLabelSelector } from './labelSelector';
export { formatApiTime } from './ObjectStore';
export type { ObjectReference } from './ObjectStore';
export { KUBERNETES_RESOURCES } from './resources';
export type { KubernetesObject, KubernetesResource } from './resources';
