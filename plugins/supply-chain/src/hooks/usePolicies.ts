import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainPolicyReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

/**
 * The policies in force, kept up to date.
 */
export function usePolicies(): RemoteState<schema.PolicyList> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: 'policies',
    key: 'policies',
    load: () => api.getPolicies(),
    permission: supplyChainPolicyReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}
