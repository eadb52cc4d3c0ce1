export { otherEnforcersOf } from './otherEnforcersOf';
export type { EnforcedEvidence } from './otherEnforcersOf';
