export * from './JudgedContainer';
export * from './PortalKnowledge';
export * from './WorkloadJudge';
export type { WorkloadQuestion } from './WorkloadQuestion';
