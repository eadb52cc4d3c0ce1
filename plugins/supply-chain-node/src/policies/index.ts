export * from './readPolicyBundle';
export * from './fetchTrustedRoots';
export * from './tuf';
export * from './ConditionalDocuments';
export * from './readExploitData';
export * from './readFileUpTo';
