export * from './readPolicyBundle';
export * from './fetchTrustedRoots';
export * from './tuf';
