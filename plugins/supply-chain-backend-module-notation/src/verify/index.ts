export { verifyEnvelope } from './verifyEnvelope';
export type { EnvelopeResult, VerifyEnvelopeOptions } from './verifyEnvelope';
export { compileNotationRoots } from './trust/compileNotationRoot';
export type { NamedNotationRoot } from './trust/compileNotationRoot';
export { ENVELOPE_MAX_BYTES } from './envelope/envelope';
export type { EnvelopeFormat } from './envelope/envelope';
export type { TargetArtifact } from './envelope/readPayload';
