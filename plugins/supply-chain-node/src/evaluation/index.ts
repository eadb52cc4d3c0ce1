export * from './EvaluationPool';
export type { EvaluationBatch, EvaluationItem } from './messages';
