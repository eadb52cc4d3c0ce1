export type { DocumentProblem } from './documentProblem';
export * from './notation';
export type { DocumentContext, ReadDocumentFile } from './readMaterial';
export type { PolicyDraft } from './readPolicy';
export * from './parsePolicyDocuments';
export * from './assemblePolicySet';
export * from './policyBundle';
export * from './tufReference';
