export { clusterChecksOf } from './clusterChecksOf';
export type { ClusterChecksOptions } from './clusterChecksOf';
export type { EnforcedEvidence } from './EnforcedEvidence';
export { otherEnforcersOf } from './otherEnforcersOf';
export { worstFirst } from './worstFirst';
