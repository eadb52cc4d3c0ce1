import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef, VulnerabilityGroupQuery } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useRemote } from './useRemote';

/**
 * One page of an image's vulnerabilities by what would fix them, or by package.
 */
export function useImageFixes(
  query: VulnerabilityGroupQuery,
): RemoteState<schema.VulnerabilityGroupPage> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: `${query.repository}@${query.digest}`,
    key: JSON.stringify(query),
    load: () => api.getImageVulnerabilityGroups(query),
    permission: supplyChainReadPermission.name,
  });
}
