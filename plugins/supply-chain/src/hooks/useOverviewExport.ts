import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { schema } from 'backstage-plugin-supply-chain-common';
import { OverviewQuery, supplyChainApiRef } from '../api';
import { serviceTable } from '../export/serviceTable';
import { collectPages } from './collectPages';
import { Export, useExport } from './useExport';

/**
 * Exports every service the filters leave, not only the page that is shown.
 */
export function useOverviewExport(query: OverviewQuery): Export {
  const api = useApi(supplyChainApiRef);
  const key = JSON.stringify(query);
  const source = useMemo(
    () => ({
      name: 'supply-chain-services',
      rows: async (): Promise<readonly schema.ServiceRow[]> => {
        const collected = await collectPages({
          readPage: page =>
            api.getOverview({ ...(JSON.parse(key) as OverviewQuery), ...page }),
        });
        return collected.items;
      },
      toTable: serviceTable,
    }),
    [api, key],
  );
  return useExport(source);
}
