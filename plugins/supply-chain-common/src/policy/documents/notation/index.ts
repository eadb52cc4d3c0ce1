export { includesName, parseDistinguishedName } from './distinguishedName';
export type {
  DistinguishedName,
  DistinguishedNameResult,
} from './distinguishedName';
export { parseNotationTrustPolicy } from './parseTrustPolicy';
export type {
  NotationTrustPolicyProblem,
  NotationTrustPolicyResult,
} from './parseTrustPolicy';
export { selectNotationTrustPolicy } from './trustPolicy';
export type {
  NotationAction,
  NotationLevel,
  NotationTrustPolicy,
  NotationValidation,
} from './trustPolicy';
