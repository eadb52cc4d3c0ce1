export * from './canonicalJson';
export * from './createNotaryCertificate';
export * from './NotaryKey';
export * from './NotaryServer';
export * from './TrustCollection';
export { createRootKey, describeFile, signFile } from './trustFiles';
