export * from './digest';
export * from './imageReference';
export { isTag } from './imageReferenceGrammar';
export * from './imagePattern';
export * from './parseImageId';
export * from './outcome';
export * from './clockTolerance';
export * from './subject';
export * from './runningImage';
export * from './evidence';
export {
  EVIDENCE_TRUST_WEAKEST_FIRST,
  MINIMUM_TRUST_WEAKEST_FIRST,
  satisfiesTrust,
} from './evidenceTrust';
export type { EvidenceTrust, MinimumTrust } from './evidenceTrust';
export * from './origin';
export * from './signature';
export * from './provenance';
export * from './sbom';
export * from './vulnerability';
export * from './vex';
export * from './policyReport';
export * from './compliance';
export * from './finding';
export * from './verdict';
export * from './waiver';
export * from './reasonCodes';
export * from './fulcioExtensions';
