export { RememberingCertificate } from './RememberingCertificate';
export { compileTrustRoot } from './compileTrustRoot';
export {
  classifyPublicKey,
  fingerprintOf,
  readPublicKey,
} from './readPublicKey';
export { readTrustedRoot } from './readTrustedRoot';
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
