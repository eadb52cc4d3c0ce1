export * from './content';
export * from './loadCaseRegistry';
export * from './loadRegistryDump';
export * from './OciRegistryServer';
export { equalsInConstantTime } from './registryAuthentication';
export type { RegistryAuthentication } from './registryAuthentication';
export { describeManifest, RegistryStore } from './RegistryStore';
