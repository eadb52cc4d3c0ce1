import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { OverviewQuery, supplyChainApiRef } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

function doNothing() {}

/**
 * Key figures and a page of services, kept up to date.
 */
export function useOverview(options: {
  query: OverviewQuery;
  /** What the old answer stays for while a new one loads. @defaultValue overview */
  scope?: string;
  enabled?: boolean;
  /** Whether to follow changes. @defaultValue true */
  live?: boolean;
}): RemoteState<schema.Overview> {
  const { query, scope = 'overview', enabled, live = true } = options;
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope,
    key: JSON.stringify(query),
    load: () => api.getOverview(query),
    permission: supplyChainReadPermission.name,
    enabled,
  });
  useLiveReload(live ? state.reload : doNothing);
  return state;
}
