export * from './KubernetesObject';
