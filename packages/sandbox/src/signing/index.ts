export * from './bundles';
export * from './githubIdentity';
export * from './legacySignatures';
export * from './PrivateSigstore';
export * from './publishSignatures';
export { createSigningKey } from './signingKey';
export type { SigningKey } from './signingKey';
export * from './statements';
export * from './notation';
