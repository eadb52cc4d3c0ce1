export * from './evaluatePolicies';
export * from './evaluatePolicy';
export * from './explainNoDigest';
export * from './matchEntity';
export * from './matchPolicy';
export * from './undecidedEvaluation';
