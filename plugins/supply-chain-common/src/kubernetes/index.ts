export * from './KubernetesObject';
export * from './reportedObject';
