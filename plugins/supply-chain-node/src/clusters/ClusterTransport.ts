/**
 * A cluster as the transport lists it.
 *
 * @public
 */
export type ClusterListing = {
  name: string;
  title?: string;
  /** True when only a signed-in user can reach it, so that nothing can be read in the background. */
  needsUser: boolean;
};

/**
 * One GET to one cluster.
 *
 * @public
 */
export type TransportRequest = {
  cluster: string;
  /** Path on the API server; made by `resourcePath` and nothing else. */
  path: string;
  query: URLSearchParams;
  accept: string;
  signal: AbortSignal;
};

/**
 * How clusters are reached. The one part to replace for a portal that reaches them in another way.
 *
 * @remarks
 * 1. `listClusters` is called about once a minute and throws when the list cannot be read: an empty list means there
 *    are none.
 * 2. `get` sends one GET, follows no redirect, asks for no compression and returns whatever the API server answered.
 *
 * @public
 */
export interface ClusterTransport {
  listClusters(options: { signal: AbortSignal }): Promise<ClusterListing[]>;
  get(request: TransportRequest): Promise<Response>;
}
