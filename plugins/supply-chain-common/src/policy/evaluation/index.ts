export * from './evaluatePolicies';
export * from './evaluatePolicy';
export * from './explainCoverage';
export * from './explainNoDigest';
export { matchEntity } from './matchEntity';
export type { EntityMatch } from './matchEntity';
export * from './matchPolicy';
export * from './undecidedEvaluation';
