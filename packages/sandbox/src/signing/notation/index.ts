export { CborMap, CborTag, encodeCbor } from './cbor';
export type { CborValue } from './cbor';
export * from './certificateExtensions';
export * from './createTimestampToken';
export * from './envelopes';
export * from './issueCertificate';
export * from './NotationAuthority';
export * from './publishNotationSignature';
export * from './signForNotation';
