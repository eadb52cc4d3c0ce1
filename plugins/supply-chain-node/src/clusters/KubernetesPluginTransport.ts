import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ClusterReadError } from './ClusterReadError';
import {
  ClusterListing,
  ClusterTransport,
  TransportRequest,
} from './ClusterTransport';
import { isRecord } from 'backstage-plugin-supply-chain-common';
import { readBounded } from './readBounded';
import { shortText } from './refusalOf';

const KUBERNETES_PLUGIN = 'kubernetes';
const CLUSTER_HEADER = 'Backstage-Kubernetes-Cluster';
const LIST_MAX_BYTES = 4 * 1024 * 1024;

// Strategies of the Kubernetes plugin that take their credential from the browser of a signed-in user.
const USER_AUTH_PROVIDERS = new Set(['google', 'oidc', 'aks']);

/**
 * Reaches clusters through the portal's own Kubernetes plugin, so that clusters and their credentials are configured
 * once. Requests are made as this plugin, not as a user; what a user may see is decided by our own routes (L33).
 *
 * @public
 */
export class KubernetesPluginTransport implements ClusterTransport {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #fetch: typeof fetch;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    fetch?: typeof fetch;
  }): KubernetesPluginTransport {
    return new KubernetesPluginTransport(options);
  }

  private constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    fetch?: typeof fetch;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#fetch = options.fetch ?? fetch;
  }

  async listClusters(options: {
    signal: AbortSignal;
  }): Promise<ClusterListing[]> {
    const response = await this.#send('/clusters', {
      headers: { Accept: 'application/json' },
      signal: options.signal,
    });
    const body = (await readBounded(response, LIST_MAX_BYTES)).toString('utf8');
    if (!response.ok) {
      throw new ClusterReadError(
        'clusterUnreachable',
        `the Kubernetes plugin answers ${response.status} to the list of clusters`,
        { status: response.status },
      );
    }
    return parseClusters(body);
  }

  async get(request: TransportRequest): Promise<Response> {
    const query = request.query.toString();
    return this.#send(`/proxy${request.path}${query && `?${query}`}`, {
      headers: {
        Accept: request.accept,
        [CLUSTER_HEADER]: headerText(request.cluster),
      },
      signal: request.signal,
    });
  }

  async #send(
    path: string,
    options: { headers: Record<string, string>; signal: AbortSignal },
  ): Promise<Response> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl(KUBERNETES_PLUGIN),
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: KUBERNETES_PLUGIN,
      }),
    ]);
    return this.#fetch(`${baseUrl}${path}`, {
      method: 'GET',
      redirect: 'manual',
      headers: {
        ...options.headers,
        Authorization: `Bearer ${token}`,
        // The portal's compression holds back the lines of a watch until its buffer is full.
        'Accept-Encoding': 'identity',
      },
      signal: options.signal,
    });
  }
}

function headerText(cluster: string): string {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(cluster)) {
    throw new ClusterReadError(
      'clusterUnreachable',
      `the name of cluster '${shortText(cluster)}' cannot stand in a header`,
    );
  }
  return cluster;
}

function parseClusters(text: string): ClusterListing[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new ClusterReadError(
      'malformedAnswer',
      'the list of clusters is not JSON',
      { cause: error },
    );
  }
  if (!isRecord(body) || !Array.isArray(body.items)) {
    throw new ClusterReadError(
      'malformedAnswer',
      'the list of clusters has no items',
    );
  }
  return body.items.map(parseCluster);
}

function parseCluster(item: unknown): ClusterListing {
  if (!isRecord(item) || typeof item.name !== 'string' || !item.name) {
    throw new ClusterReadError(
      'malformedAnswer',
      'the list of clusters has an item without a name',
    );
  }
  const needsUser =
    USER_AUTH_PROVIDERS.has(String(item.authProvider)) ||
    typeof item.oidcTokenProvider === 'string';
  return {
    name: item.name,
    ...(typeof item.title === 'string' && { title: item.title }),
    needsUser,
  };
}
