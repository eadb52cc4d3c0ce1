export * from './readPolicyBundle';
