export type { JudgedCheck } from './judgedCheck';
export * from './signatureStatusFor';
export { publicKeyFingerprint } from './keyPeriods';
export * from './signerText';
