export * from './resolveRunningDigest';
export * from './runningImagesOf';
export * from './labelSelector';
export * from './EntityLinker';
