export * from './parseStrictJson';
