/**
 * The parts of this module that need no backend.
 *
 * @packageDocumentation
 */
export * from './KubernetesInventoryFeed';
export type { ClusterSelection } from './clusterSelection';
export * from './parsePod';
