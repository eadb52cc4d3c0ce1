export * from './evaluatePolicies';
export * from './evaluatePolicy';
export * from './matchPolicy';
export * from './undecidedEvaluation';
