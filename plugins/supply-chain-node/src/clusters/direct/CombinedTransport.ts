import { asReadError } from '../ClusterConnection';
import { IncompleteClusterList } from '../ClusterReadError';
import {
  ClusterListing,
  ClusterTransport,
  TransportRequest,
} from '../ClusterTransport';

/**
 * Clusters of `supplyChain.clusters` beside those of the Kubernetes plugin. A name that both have says nothing of which
 * cluster is meant, so neither is read.
 *
 * @internal
 */
export class CombinedTransport implements ClusterTransport {
  readonly #direct: ClusterTransport;
  readonly #plugin: ClusterTransport;
  #directNames = new Set<string>();

  constructor(options: { direct: ClusterTransport; plugin: ClusterTransport }) {
    this.#direct = options.direct;
    this.#plugin = options.plugin;
  }

  async listClusters(options: {
    signal: AbortSignal;
  }): Promise<ClusterListing[]> {
    const direct = await this.#direct.listClusters(options);
    this.#directNames = new Set(direct.map(({ name }) => name));
    let plugin: ClusterListing[];
    try {
      plugin = await this.#plugin.listClusters(options);
    } catch (error) {
      // The others are read all the same.
      throw new IncompleteClusterList(direct, asReadError(error));
    }
    const pluginNames = new Set(plugin.map(({ name }) => name));
    return [
      ...direct.map(listing =>
        pluginNames.has(listing.name) ? refusedTwice(listing) : listing,
      ),
      ...plugin.filter(({ name }) => !this.#directNames.has(name)),
    ];
  }

  async get(request: TransportRequest): Promise<Response> {
    const transport = this.#directNames.has(request.cluster)
      ? this.#direct
      : this.#plugin;
    return transport.get(request);
  }
}

function refusedTwice({ name }: ClusterListing): ClusterListing {
  return {
    name,
    needsUser: false,
    refusal: {
      reason: 'clusterNamedTwice',
      message: `'${name}' stands under supplyChain.clusters and in the Kubernetes plugin`,
    },
  };
}
