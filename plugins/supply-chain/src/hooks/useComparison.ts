import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { ComparisonQuery, ImageAddress, supplyChainApiRef } from '../api';
import { comparisonTable } from '../export/comparisonTable';
import { RemoteState } from '../ui/remoteState';
import { collectPages } from './collectPages';
import { Export, useExport } from './useExport';
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

/**
 * Exports every finding the filters leave, not only the page that is shown.
 */
export function useComparisonExport(query: ComparisonQuery): Export {
  const api = useApi(supplyChainApiRef);
  const key = JSON.stringify(query);
  const source = useMemo(() => {
    const asked = JSON.parse(key) as ComparisonQuery;
    return {
      name: 'supply-chain-comparison',
      rows: async (): Promise<readonly schema.ComparedFinding[]> => {
        const collected = await collectPages({
          readPage: page => api.getImageComparison({ ...asked, ...page }),
        });
        return collected.items;
      },
      toTable: comparisonTable,
    };
  }, [api, key]);
  return useExport(source);
}
