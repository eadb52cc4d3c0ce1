/**
 * Backend of Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export { supplyChainPlugin as default } from './plugin';
