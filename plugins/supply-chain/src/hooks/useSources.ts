import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainSourcesReadPermission,
  supplyChainUnlinkedReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { PageQuery, supplyChainApiRef } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

/**
 * State of every source, kept up to date.
 */
export function useSources(): RemoteState<schema.SourceHealth> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'sources',
    key: 'sources',
    load: () => api.getSources(),
    permission: supplyChainSourcesReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the workloads linked to no entity, kept up to date.
 */
export function useUnlinked(
  query: PageQuery,
): RemoteState<schema.UnlinkedPage> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'unlinked',
    key: JSON.stringify(query),
    load: () => api.getUnlinked(query),
    permission: supplyChainUnlinkedReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}
