import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { ImageAddress, supplyChainApiRef } from '../api';
import { CollectedRows, collectPages } from './collectPages';
import { RemoteState } from '../ui/remoteState';
import { useRemote } from './useRemote';

/** Beyond this the grouping says that it is partial. */
const MAX_GROUPED_ROWS = 2_000;

/**
 * The worst vulnerabilities of an image, enough to group them by fix or by package.
 */
export function useAllVulnerabilities(options: {
  image: ImageAddress;
  search?: string;
  severity?: schema.Severity;
  fixable?: boolean;
  enabled?: boolean;
}): RemoteState<CollectedRows<schema.VulnerabilityRow>> {
  const { image, search, severity, fixable, enabled } = options;
  const { repository, digest } = image;
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: `${repository}@${digest}`,
    key: JSON.stringify([repository, digest, search, severity, fixable]),
    load: () =>
      collectPages({
        readPage: page =>
          api.getImageVulnerabilities({
            repository,
            digest,
            search,
            severity,
            fixable,
            ...page,
          }),
        maxRows: MAX_GROUPED_ROWS,
      }),
    permission: supplyChainReadPermission.name,
    enabled,
  });
}
