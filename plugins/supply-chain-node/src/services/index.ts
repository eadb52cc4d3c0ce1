export { supplyChainRegistryServiceRef } from './supplyChainRegistryService';
