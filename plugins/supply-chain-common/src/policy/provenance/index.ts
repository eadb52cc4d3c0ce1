export * from './ProvenanceStatus';
export type { BuildFacts } from './buildFacts';
export { buildLevelOf } from './buildLevelOf';
export type {
  BuildLevelQuestion,
  BuildLevelResult,
  ProvenanceParameters,
} from './buildLevelOf';
export { DEFAULT_ISOLATED_BUILDERS } from './isolatedBuilders';
export * from './provenanceFor';
export { provenanceParameters } from './provenanceParameters';
