import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** Options of {@link HealthServer}. */
export type HealthServerOptions = {
  listen: { address: string; port: number };
  /** Why it is not ready; empty when it is. */
  notReady(): string[];
  metrics(): string;
};

/** The plain side, for the kubelet and Prometheus: it takes nothing and tells no secret. */
export class HealthServer {
  readonly #server: Server;

  static async start(options: HealthServerOptions): Promise<HealthServer> {
    const started = new HealthServer(options);
    const { address, port } = options.listen;
    await new Promise<void>((resolve, reject) => {
      started.#server.once('error', reject);
      started.#server.listen(port, address, resolve);
    });
    return started;
  }

  private constructor({ notReady, metrics }: HealthServerOptions) {
    this.#server = createServer((request, response) => {
      const send = (status: number, text: string, type = 'text/plain') => {
        response.writeHead(status, {
          'content-type': `${type}; charset=utf-8`,
        });
        response.end(text);
      };
      if (request.method !== 'GET') {
        send(405, 'expected GET\n');
      } else if (request.url === '/healthz') {
        send(200, 'ok\n');
      } else if (request.url === '/readyz') {
        const why = notReady();
        send(why.length === 0 ? 200 : 503, `${why.join('\n') || 'ok'}\n`);
      } else if (request.url === '/metrics') {
        send(200, metrics(), 'text/plain; version=0.0.4');
      } else {
        send(404, 'expected /healthz, /readyz or /metrics\n');
      }
    });
  }

  /** The port it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
