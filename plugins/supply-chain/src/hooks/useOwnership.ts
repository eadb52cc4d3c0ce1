import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { RemoteState } from '../ui/remoteState';
import { useRemote } from './useRemote';

/**
 * Entity refs through which the signed-in person owns things: themselves and their teams.
 */
export function useOwnership(): RemoteState<string[]> {
  const identity = useApi(identityApiRef);
  return useRemote({
    scope: 'ownership',
    key: 'ownership',
    load: async () =>
      (await identity.getBackstageIdentity()).ownershipEntityRefs,
    permission: 'catalog.entity.read',
  });
}
