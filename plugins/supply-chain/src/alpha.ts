/**
 * The same plugin, for those who look for it here.
 *
 * @packageDocumentation
 */
export { supplyChainPlugin as default } from './plugin';
