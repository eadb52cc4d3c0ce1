/**
 * Cosign signatures for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleSigstore as default } from './module';
