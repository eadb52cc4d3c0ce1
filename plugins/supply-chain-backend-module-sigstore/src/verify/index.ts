export { verifyCandidate } from './verifyCandidate';
export type {
  CandidateResult,
  NamedTrustRoot,
  VerifyCandidateOptions,
} from './verifyCandidate';
export { readClaim, UNKNOWN_PREDICATE } from './readClaim';
export type { Claim } from './readClaim';
export type { Candidate, LayerAnnotations } from './candidate';
export { BUNDLE_MAX_BYTES } from './parseBundle';
export { SIMPLE_SIGNING_MAX_BYTES } from './parseLegacyLayer';
