export * from './vulnerabilityClockKey';
export * from './severityRank';
export * from './selectScans';
export type { ScanRelation } from './relateScan';
export * from './fixDeadline';
export * from './scannerValues';
export * from './distinctFindings';
export * from './trivy';
