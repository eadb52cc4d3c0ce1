/**
 * Inventory of running images from Kubernetes, for Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainModuleKubernetes as default } from './module';
