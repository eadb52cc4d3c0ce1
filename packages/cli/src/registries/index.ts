export { readDockerConfig, readDockerConfigFile } from './dockerConfig';
export type { DockerConfig } from './dockerConfig';
export { registryEntries } from './registryEntries';
