export * from './EvaluationPool';
export type { EvaluationBatch, EvaluationItem } from './messages';
export { threadArguments } from '../threads/threadArguments';
