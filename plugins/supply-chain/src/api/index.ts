export * from './ClusterApi';
export * from './SupplyChainApi';
export * from './SupplyChainClient';
export * from './WaiverApi';
