export * from './resolveRunningDigest';
export * from './runningImagesOf';
export * from './labelSelector';
export * from './EntityLinker';
export * from './namespaceClaims';
export * from './parseNamespaceClaims';
