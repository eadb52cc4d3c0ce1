import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainTrustReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef, TrustRootImagesQuery } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

export type { TrustRootImageFilter } from '../api';

/**
 * The trust roots in force, kept up to date.
 */
export function useTrustRoots(): RemoteState<schema.TrustRootList> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'trust-roots',
    key: 'trust-roots',
    load: () => api.getTrustRoots(),
    permission: supplyChainTrustReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of the images a trust root verifies, kept up to date.
 */
export function useTrustRootImages(
  query: TrustRootImagesQuery,
): RemoteState<schema.TrustRootImagePage> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `trust-root-images ${query.trustRoot}`,
    key: JSON.stringify(query),
    load: () => api.getTrustRootImages(query),
    permission: supplyChainTrustReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}
