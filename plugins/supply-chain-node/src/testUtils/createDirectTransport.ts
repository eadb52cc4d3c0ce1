import { ClusterListing, ClusterTransport } from '../clusters';

/**
 * A transport that speaks to API servers without the Kubernetes plugin, for tests.
 *
 * @public
 */
export function createDirectTransport(
  /** Base URL of each API server by the name of its cluster; may change between polls. */
  urls: Record<string, string>,
  options: { token?: string; needsUser?: string[] } = {},
): ClusterTransport {
  return {
    listClusters: async (): Promise<ClusterListing[]> =>
      Object.keys(urls).map(name => ({
        name,
        needsUser: options.needsUser?.includes(name) ?? false,
      })),
    get: ({ cluster, path, query, accept, signal }) =>
      fetch(`${urls[cluster]}${path}?${query}`, {
        redirect: 'manual',
        signal,
        headers: {
          Accept: accept,
          'Accept-Encoding': 'identity',
          ...(options.token && { Authorization: `Bearer ${options.token}` }),
        },
      }),
  };
}
