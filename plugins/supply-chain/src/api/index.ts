export * from './ClusterApi';
export * from './ExportApi';
export * from './SupplyChainApi';
export * from './SupplyChainClient';
export * from './WaiverApi';
