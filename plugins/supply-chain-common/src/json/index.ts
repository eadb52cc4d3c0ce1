export * from './parseStrictJson';
export * from './canonicalDigest';
