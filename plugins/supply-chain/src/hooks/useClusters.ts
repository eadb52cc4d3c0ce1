import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainUnlinkedReadPermission,
} from 'backstage-plugin-supply-chain-common';
import {
  CheckedObjectQuery,
  ClusterComponentQuery,
  ClusterListQuery,
  ClusterVulnerabilityQuery,
  ControlQuery,
  FailingCheckQuery,
  supplyChainApiRef,
} from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

// They belong to no entity (L33).
const permission = supplyChainUnlinkedReadPermission.name;

/**
 * One page of the clusters, kept up to date.
 */
export function useClusters(
  query: ClusterListQuery,
): RemoteState<schema.ClusterList> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'clusters',
    key: JSON.stringify(query),
    load: () => clusters.getClusters(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * What is reported on a cluster as a whole, kept up to date.
 */
export function useCluster(cluster: string): RemoteState<schema.ClusterReport> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `cluster ${cluster}`,
    key: cluster,
    load: () => clusters.getCluster(cluster),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the controls of a cluster, kept up to date.
 */
export function useControls(
  query: ControlQuery,
): RemoteState<schema.ControlPage> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `controls ${query.cluster}`,
    key: JSON.stringify(query),
    load: () => clusters.getControls(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the checks that fail on objects of a cluster, kept up to date.
 */
export function useFailingChecks(
  query: FailingCheckQuery,
): RemoteState<schema.FailingCheckPage> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `checks ${query.cluster}`,
    key: JSON.stringify(query),
    load: () => clusters.getFailingChecks(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the objects a check fails on, kept up to date.
 */
export function useCheckedObjects(
  query: CheckedObjectQuery,
): RemoteState<schema.CheckedObjectPage> {
  const { clusters } = useApi(supplyChainApiRef);
  const { cluster, topic, check } = query;
  const state = useRemote({
    scope: JSON.stringify(['checked objects', cluster, topic, check]),
    key: JSON.stringify(query),
    load: () => clusters.getCheckedObjects(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the vulnerabilities of the core components of a cluster, kept up to date.
 */
export function useClusterVulnerabilities(
  query: ClusterVulnerabilityQuery,
): RemoteState<schema.ClusterVulnerabilityPage> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `core components ${query.cluster}`,
    key: JSON.stringify(query),
    load: () => clusters.getVulnerabilities(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of what a cluster is made of, kept up to date.
 */
export function useClusterComponents(
  query: ClusterComponentQuery,
): RemoteState<schema.ClusterComponentPage> {
  const { clusters } = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `contents ${query.cluster}`,
    key: JSON.stringify(query),
    load: () => clusters.getComponents(query),
    permission,
  });
  useLiveReload(state.reload);
  return state;
}
