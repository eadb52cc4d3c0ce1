/**
 * The parts of this module that need no backend.
 *
 * @packageDocumentation
 */
export * from './KubernetesInventoryFeed';
export type { ClusterSelection } from './clusterSelection';
export * from './parsePod';
export * from './policyReports/PolicyReportsFeed';
export { parsePolicyReport } from './policyReports/parsePolicyReport';
export type { ParsePolicyReportOptions } from './policyReports/parsePolicyReport';
