export * from './SupplyChainApi';
export * from './SupplyChainClient';
