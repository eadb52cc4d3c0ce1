import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import {
  supplyChainApiRef,
  VulnerabilityListQuery,
  VulnerablePlacesQuery,
} from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

/**
 * One page of the vulnerabilities of everything that runs, kept up to date.
 */
export function useVulnerabilities(options: {
  query: VulnerabilityListQuery;
  enabled?: boolean;
}): RemoteState<schema.VulnerabilityOverview> {
  const { query, enabled } = options;
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'vulnerabilities',
    key: JSON.stringify(query),
    load: () => api.getVulnerabilities(query),
    permission: supplyChainReadPermission.name,
    enabled,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the places where a vulnerability runs, kept up to date.
 */
export function useVulnerability(options: {
  query: VulnerablePlacesQuery;
  enabled?: boolean;
}): RemoteState<schema.VulnerabilityReport> {
  const { query, enabled } = options;
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `vulnerability ${query.id}`,
    key: JSON.stringify(query),
    load: () => api.getVulnerability(query),
    permission: supplyChainReadPermission.name,
    enabled,
  });
  useLiveReload(state.reload);
  return state;
}
