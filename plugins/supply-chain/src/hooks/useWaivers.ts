import { useApi } from '@backstage/core-plugin-api';
import {
  schema,
  supplyChainReadPermission,
} from 'backstage-plugin-supply-chain-common';
import { supplyChainApiRef, WaiverPlace, WaiverQuery } from '../api';
import { RemoteState } from '../ui/remoteState';
import { useLiveReload } from './useLiveReload';
import { useRemote } from './useRemote';

export type { WaiverPlace, WaiverQuery, WaiverVerb } from '../api';

type Reloaded<T> = RemoteState<T> & { reload: () => void };

/**
 * One page of waivers, kept up to date.
 */
export function useWaivers(query: WaiverQuery): Reloaded<schema.WaiverPage> {
  const api = useApi(supplyChainApiRef);
  const state = useRemote({
    scope: `waivers ${query.state ?? ''}`,
    key: JSON.stringify(query),
    load: () => api.waivers.getWaivers(query),
    permission: supplyChainReadPermission.name,
  });
  useLiveReload(state.reload);
  return state;
}

/** Requests about one image that fit on its page; more are on the page of waivers. */
const SHOWN_REQUESTS = 250;

/** Requests that wait for a decision, and how to ask for them again. */
export type PendingWaivers = {
  items: schema.WaiverReport[];
  reload: () => void;
};

/**
 * Requests about an image that wait for a decision. While they load, and when they cannot be read, there are none to show.
 */
export function usePendingWaivers(image: {
  repository?: string;
  digest?: string;
}): PendingWaivers {
  const api = useApi(supplyChainApiRef);
  const { repository, digest } = image;
  const state = useRemote({
    scope: `pending-waivers ${repository}@${digest}`,
    key: `${repository}@${digest}`,
    load: () =>
      api.waivers.getWaivers({
        state: 'pending',
        repository,
        digest,
        limit: SHOWN_REQUESTS,
      }),
    permission: supplyChainReadPermission.name,
    enabled: repository !== undefined,
  });
  useLiveReload(state.reload);
  return {
    items: state.status === 'ready' ? state.value.items : [],
    reload: state.reload,
  };
}

/**
 * Who did what to a waiver of the page.
 */
export function useWaiverEvents(
  id: string,
): RemoteState<schema.WaiverEventList> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: `waiver-events ${id}`,
    key: id,
    load: () => api.waivers.getWaiverEvents(id),
    permission: supplyChainReadPermission.name,
  });
}

/**
 * What a waiver would cover if it were asked for now.
 */
export function useWaiverPreview(
  place: WaiverPlace,
): RemoteState<schema.WaiverPreview> {
  const api = useApi(supplyChainApiRef);
  return useRemote({
    scope: JSON.stringify(place),
    key: JSON.stringify(place),
    load: () => api.waivers.previewWaiver(place),
    permission: supplyChainReadPermission.name,
  });
}
