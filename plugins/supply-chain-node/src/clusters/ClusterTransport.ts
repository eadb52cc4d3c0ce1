import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/**
 * Name under which a list of clusters that cannot be read appears beside the clusters.
 *
 * @public
 */
export const CLUSTER_LIST = '(list of clusters)';

/**
 * Something to say of a cluster on the sources page.
 *
 * @public
 */
export type ClusterRemark = { reason: ReasonCode; message: string };

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
  /** Why it is not read at all. */
  refusal?: ClusterRemark;
  /** What is wrong with how it is read; it is, and counts as degraded. */
  warning?: ClusterRemark;
};

/**
 * One GET to one cluster.
 *
 * @public
 */
export type TransportRequest = {
  cluster: string;
  /** Path on the API server; made by `resourcePath` and `discoveryPath` and nothing else. */
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
 *    are none. A list of which only a part could be read is thrown as an `IncompleteClusterList`.
 * 2. `get` sends one GET, follows no redirect, asks for no compression and returns whatever the API server answered.
 *
 * @public
 */
export interface ClusterTransport {
  listClusters(options: { signal: AbortSignal }): Promise<ClusterListing[]>;
  get(request: TransportRequest): Promise<Response>;
}
