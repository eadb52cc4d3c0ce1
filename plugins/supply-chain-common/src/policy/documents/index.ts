export type { DocumentProblem } from './documentProblem';
export type { DocumentContext, ReadDocumentFile } from './readMaterial';
export type { PolicyDraft } from './readPolicy';
export * from './parsePolicyDocuments';
export * from './assemblePolicySet';
export * from './policyBundle';
export * from './tufReference';
