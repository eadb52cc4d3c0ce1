import { Agent, fetch as fetchThrough } from 'undici';
import { TransportRequest } from '../ClusterTransport';
import { DirectCluster } from './DirectCluster';
import { readMaterial, readToken } from './readMaterial';

const CONNECT_TIMEOUT_MS = 10_000;
const USER_AGENT = 'backstage-plugin-supply-chain';

type TlsMaterial = { ca?: string; cert?: string; key?: string };

/** HTTP with one API server. */
export class DirectConnection {
  readonly #cluster: DirectCluster;
  #agent: { agent: Agent; madeOf: string } | undefined;

  constructor(cluster: DirectCluster) {
    this.#cluster = cluster;
  }

  async get(request: TransportRequest): Promise<Response> {
    const { path, accept, signal } = request;
    const { url, token } = this.#cluster;
    const query = request.query.toString();
    const response = await fetchThrough(
      `${url}${path}${query && `?${query}`}`,
      {
        dispatcher: this.#agentOf(await this.#readTlsMaterial()),
        method: 'GET',
        redirect: 'manual',
        headers: {
          Accept: accept,
          'Accept-Encoding': 'identity',
          'User-Agent': USER_AGENT,
          ...(token && { Authorization: `Bearer ${await readToken(token)}` }),
        },
        signal,
      },
    );
    // The same class as the global one, of the version that belongs to the agent.
    return response as unknown as Response;
  }

  async #readTlsMaterial(): Promise<TlsMaterial> {
    const { certificateAuthority, clientCertificate } = this.#cluster;
    return {
      ...(certificateAuthority && {
        ca: await readMaterial(certificateAuthority, 'caFile'),
      }),
      ...(clientCertificate && {
        cert: await readMaterial(clientCertificate.certificate, 'certFile'),
        key: await readMaterial(clientCertificate.key, 'keyFile'),
      }),
    };
  }

  /** Connections are kept as long as what they were made with is the same. */
  #agentOf(material: TlsMaterial): Agent {
    const madeOf = JSON.stringify(material);
    if (this.#agent?.madeOf === madeOf) {
      return this.#agent.agent;
    }
    // Watches that run go on to their end; a failure while they do is theirs to report.
    this.#agent?.agent.close().catch(() => undefined);
    const agent = new Agent({
      connect: {
        ...material,
        timeout: CONNECT_TIMEOUT_MS,
        rejectUnauthorized: !this.#cluster.skipTlsVerify,
      },
    });
    this.#agent = { agent, madeOf };
    return agent;
  }
}
