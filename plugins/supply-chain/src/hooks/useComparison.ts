import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { ComparisonQuery, ImageAddress, supplyChainApiRef } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useRemote } from './useRemote';

export type { ComparisonQuery } from '../api';

/**
 * What an image may be compared with.
 */
export function useComparisonCandidates(
  image: ImageAddress,
): RemoteState<schema.ComparisonCandidates> {
  const { repository, digest } = image;
  const api = useApi(supplyChainApiRef);
  const address = `${repository}@${digest}`;
  return useRemote({
    scope: address,
    key: address,
    load: () => api.getComparisonCandidates({ repository, digest }),
    permission: supplyChainReadPermission.name,
  });
}

/**
 * Two images side by side, with one page of their findings.
 */
export function useComparison(
  query: ComparisonQuery,
): RemoteState<schema.ImageComparison> {
  const { repository, digest, withRepository, withDigest } = query;
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: JSON.stringify([repository, digest, withRepository, withDigest]),
    key: JSON.stringify(query),
    load: () => api.getImageComparison(query),
    permission: supplyChainReadPermission.name,
  });
}
