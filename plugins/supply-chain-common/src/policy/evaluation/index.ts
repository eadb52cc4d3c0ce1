export * from './evaluatePolicies';
export * from './evaluatePolicy';
export * from './matchEntity';
export * from './matchPolicy';
export * from './undecidedEvaluation';
