/**
 * Clair v4 for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleClair as default } from './module';
