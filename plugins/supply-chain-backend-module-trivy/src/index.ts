/**
 * Trivy Operator reports for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleTrivy as default } from './module';
