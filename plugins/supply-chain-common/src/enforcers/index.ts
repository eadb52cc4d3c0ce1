export { clusterCheckResultsOf, clusterChecksOf } from './clusterChecksOf';
export type {
  CheckResultFilter,
  ClusterChecksOptions,
} from './clusterChecksOf';
export { doesNotPass } from './doesNotPass';
export type { EnforcedEvidence } from './EnforcedEvidence';
export { otherEnforcersOf } from './otherEnforcersOf';
export { worstFirst } from './worstFirst';
