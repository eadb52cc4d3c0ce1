/**
 * Docker Content Trust for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleContentTrust as default } from './module';
