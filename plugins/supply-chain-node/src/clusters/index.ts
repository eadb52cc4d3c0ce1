/**
 * Reading Kubernetes clusters: one connection and one reflector for everything that is watched.
 *
 * @packageDocumentation
 */
export * from './Clock';
export { ClusterConnection } from './ClusterConnection';
export type { ClusterRequestOptions } from './ClusterConnection';
export * from './ClusterReadError';
export { CLUSTER_LIST } from './ClusterTransport';
export type {
  ClusterListing,
  ClusterRemark,
  ClusterTransport,
  TransportRequest,
} from './ClusterTransport';
export { ConvertingTarget } from './ConvertingTarget';
export type { Converted } from './ConvertingTarget';
export * from './followClusters';
export { createClusterTransport } from './direct/createClusterTransport';
export * from './direct/DirectCluster';
export { DirectTransport } from './direct/DirectTransport';
export { readClusterConfig } from './direct/readClusterConfig';
export { runWithHints } from './runWithHints';
export * from './KubernetesPluginTransport';
export { linkedAbort } from './linkedAbort';
export type { ListPage, PageParser } from './listItems';
export type { ObjectName } from './ObjectReads';
export * from './ObjectIndex';
export { PageThread } from './pages/PageThread';
export type { PageThreadOptions } from './pages/PageThread';
export { servePages } from './pages/servePages';
export type { Preparing } from './pages/servePages';
export { followReports } from './reports/followReports';
export type {
  FollowReportsOptions,
  ReportFeedOptions,
  ReportSelection,
} from './reports/followReports';
export * from './readableResources';
export * from './Reflector';
export type { ReflectorHealth } from './ReflectorHealth';
export * from './ReflectorTarget';
export * from './reflectorTiming';
export type { ReadVerb } from './refusalOf';
export type { ObjectForm } from './ResourceReader';
export { SharedWriter } from './SharedWriter';
export type { WriterPart } from './SharedWriter';
export * from './SourceHealth';
export { serveTasks } from '../threads/serveTasks';
export type { ServeTasksOptions } from '../threads/serveTasks';
export { TaskThread } from '../threads/TaskThread';
export type { TaskThreadOptions } from '../threads/TaskThread';
// For the files of threads, which load nothing of Backstage.
export { packReport } from '../feeds/EvidenceFeed';
export { packScan } from '../feeds/packedScan';
