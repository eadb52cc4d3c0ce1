import { ClusterReadError } from '../ClusterReadError';
import {
  ClusterListing,
  ClusterTransport,
  TransportRequest,
} from '../ClusterTransport';
import { DirectCluster } from './DirectCluster';
import { DirectConnection } from './DirectConnection';

/**
 * Reaches clusters by their own addresses, for portals without the Kubernetes plugin. Tokens and certificates in files
 * are read again for every request.
 *
 * @public
 */
export class DirectTransport implements ClusterTransport {
  readonly #connections: Map<string, DirectConnection>;
  readonly #clusters: readonly DirectCluster[];

  static create(options: {
    clusters: readonly DirectCluster[];
  }): DirectTransport {
    return new DirectTransport(options.clusters);
  }

  private constructor(clusters: readonly DirectCluster[]) {
    this.#clusters = clusters;
    this.#connections = new Map(
      clusters.map(cluster => [cluster.name, new DirectConnection(cluster)]),
    );
  }

  async listClusters(): Promise<ClusterListing[]> {
    return this.#clusters.map(({ name, skipTlsVerify }) => ({
      name,
      needsUser: false,
      ...(skipTlsVerify && {
        warning: {
          reason: 'clusterTlsUnverified' as const,
          message: 'skipTLSVerify is set',
        },
      }),
    }));
  }

  async get(request: TransportRequest): Promise<Response> {
    const connection = this.#connections.get(request.cluster);
    if (!connection) {
      throw new ClusterReadError(
        'clusterUnreachable',
        `no cluster '${request.cluster}' is configured`,
      );
    }
    return connection.get(request);
  }
}
