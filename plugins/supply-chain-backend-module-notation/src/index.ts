/**
 * Notary Project signatures for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleNotation as default } from './module';
