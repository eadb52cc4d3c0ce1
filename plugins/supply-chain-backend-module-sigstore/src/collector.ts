/**
 * The collector alone, without anything of Backstage at run time.
 *
 * @packageDocumentation
 */
export { SigstoreCollector } from './SigstoreCollector';
export type { SigstoreCollectorOptions } from './SigstoreCollector';
export type { SignatureRepository } from './signatureRepositories';
