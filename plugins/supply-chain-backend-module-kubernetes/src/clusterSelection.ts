import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

/**
 * Which clusters and namespaces are read, and how often the list of clusters is.
 *
 * @public
 */
export type ClusterSelection = {
  /** All clusters of the Kubernetes plugin when left out. */
  clusters?: string[];
  /** All namespaces when left out. */
  namespaces?: string[];
  /** @defaultValue 60 s */
  pollIntervalMs?: number;
};

/**
 * Reads `supplyChain.kubernetes`.
 *
 * @public
 */
export function readClusterSelection(root: Config): ClusterSelection {
  const config = root.getOptionalConfig('supplyChain.kubernetes');
  return {
    clusters: config?.getOptionalStringArray('clusters'),
    namespaces: config?.getOptionalStringArray('namespaces'),
    ...(config?.has('pollInterval') && {
      pollIntervalMs: durationToMilliseconds(
        readDurationFromConfig(config, { key: 'pollInterval' }),
      ),
    }),
  };
}

/**
 * Whether the reports of other enforcers are read: `supplyChain.kubernetes.policyReports`.
 *
 * @internal
 */
export function readsPolicyReports(root: Config): boolean {
  return (
    root.getOptionalBoolean('supplyChain.kubernetes.policyReports') ?? true
  );
}
