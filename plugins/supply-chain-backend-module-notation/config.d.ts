/**
 * Hosts this package reads are configured once for the whole plugin: `supplyChain.registries`,
 * `supplyChain.registryAllowList` and `supplyChain.registryLimits`, declared in
 * `backstage-plugin-supply-chain-node`. Trust roots are policy documents. There is nothing to set here.
 *
 * @public
 */
export interface Config {}
