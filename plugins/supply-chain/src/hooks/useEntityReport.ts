import {
  CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

/**
 * What the plugin knows of one entity, kept up to date.
 */
export function useEntityReport(
  entity: CompoundEntityRef,
): RemoteState<schema.EntityReport> & { reload: () => void } {
  const api = useApi(supplyChainApiRef);
  const entityRef = stringifyEntityRef(entity);
  const state = useRemote({
    scope: entityRef,
    key: entityRef,
    load: () => api.getEntity(entity),
    permission: supplyChainReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}
