export { concludeProvenance, concludeSignature } from './conclude';
export type { FoundStatement } from './describeStatement';
