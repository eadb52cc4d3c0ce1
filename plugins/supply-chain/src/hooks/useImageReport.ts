import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import {
  ComponentQuery,
  ImageAddress,
  PageQuery,
  supplyChainApiRef,
  VulnerabilityQuery,
} from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

export type { ImageAddress } from '../api';

function addressOf(image: ImageAddress): string {
  return `${image.repository}@${image.digest}`;
}

/**
 * Everything known of one image, kept up to date.
 */
export function useImageReport(
  image: ImageAddress,
): RemoteState<schema.ImageReport> & { reload: () => void } {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: addressOf(image),
    key: addressOf(image),
    load: () => api.getImage(image),
    permission: supplyChainReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}

/**
 * One page of an image's vulnerabilities.
 */
export function useImageVulnerabilities(
  query: VulnerabilityQuery,
): RemoteState<schema.VulnerabilityPage> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: addressOf(query),
    key: JSON.stringify(query),
    load: () => api.getImageVulnerabilities(query),
    permission: supplyChainReadPermission.name,
  });
}

/**
 * One page of what is in an image.
 */
export function useImageComponents(
  query: ComponentQuery,
): RemoteState<schema.ImageComponentPage> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: addressOf(query),
    key: JSON.stringify(query),
    load: () => api.getImageComponents(query),
    permission: supplyChainReadPermission.name,
  });
}

/**
 * One page of an image's history.
 */
export function useImageHistory(
  query: ImageAddress & PageQuery,
): RemoteState<schema.HistoryPage> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: addressOf(query),
    key: JSON.stringify(query),
    load: () => api.getImageHistory(query),
    permission: supplyChainReadPermission.name,
  });
}
