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

/** Vulnerabilities, with what is known of exploits at all. */
export type CollectedVulnerabilities = CollectedRows<schema.VulnerabilityRow> &
  Pick<schema.VulnerabilityPage, 'exploitData'>;

/**
 * The worst vulnerabilities of an image, enough to group them by fix or by package.
 */
export function useAllVulnerabilities(options: {
  image: ImageAddress;
  search?: string;
  severity?: schema.Severity;
  fixable?: boolean;
  exploited?: boolean;
  enabled?: boolean;
}): RemoteState<CollectedVulnerabilities> {
  const { image, search, severity, fixable, exploited, enabled } = options;
  const { repository, digest } = image;
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: `${repository}@${digest}`,
    key: JSON.stringify([
      repository,
      digest,
      search,
      severity,
      fixable,
      exploited,
    ]),
    load: async () => {
      let exploitData: schema.ExploitDataState = {};
      const rows = await collectPages({
        readPage: async page => {
          const read = await api.getImageVulnerabilities({
            repository,
            digest,
            search,
            severity,
            fixable,
            exploited,
            ...page,
          });
          exploitData = read.exploitData;
          return read;
        },
        maxRows: MAX_GROUPED_ROWS,
      });
      return { ...rows, exploitData };
    },
    permission: supplyChainReadPermission.name,
    enabled,
  });
}
