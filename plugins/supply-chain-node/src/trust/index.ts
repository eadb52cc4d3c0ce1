export { encodeDer } from './encodeDer';
export { RememberingCertificate } from './RememberingCertificate';
export { compileTrustRoot, isSigstoreTrustRoot } from './compileTrustRoot';
export type { SigstoreTrustRoot } from './compileTrustRoot';
export { trustMaterialProblem } from './trustMaterialProblem';
export {
  classifyPublicKey,
  fingerprintOf,
  readPublicKey,
} from './readPublicKey';
export { readTrustedRoot } from './readTrustedRoot';
export { readTrustStore } from './readTrustStore';
export type {
  CompiledKey,
  CompiledRequirements,
  CompiledTrustRoot,
  SigstoreAuthorities,
  TrustedKey,
  TrustedKeyAlgorithm,
  TrustProblem,
  TrustResult,
} from './compiledTrustRoot';
export { dueExpiries, expiryStateOf } from './dueExpiries';
export type { ExpiryState } from './dueExpiries';
export { expiriesOf } from './expiriesOf';
export type { TrustExpiry, TrustExpiryKind } from './expiriesOf';
