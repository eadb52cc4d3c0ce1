import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { createServer as createTlsServer } from 'https';
import type { AddressInfo } from 'net';

/** A request as it arrived. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Handler = (request: SeenRequest, response: ServerResponse) => void;

/** A server on the loopback interface that misbehaves exactly as a test tells it to. */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  /** What answers; may be exchanged at any time. */
  handler: Handler = (_, response) => response.writeHead(404).end();
  readonly #server: Server;
  readonly #scheme: string;

  private constructor(tls?: { key: string; cert: string }) {
    const listener = (incoming: IncomingMessage, response: ServerResponse) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', chunk => {
        body += chunk;
      });
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const request = { method, url, headers, body };
        this.requests.push(request);
        this.handler(request, response);
      });
    };
    this.#scheme = tls ? 'https' : 'http';
    this.#server = tls
      ? createTlsServer(tls, listener)
      : createServer(listener);
  }

  static async start(tls?: {
    key: string;
    cert: string;
  }): Promise<ScriptedServer> {
    const server = new ScriptedServer(tls);
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Address under a name that tests resolve to the loopback interface. */
  urlAs(name: string): string {
    return `${this.#scheme}://${name}:${this.port}`;
  }

  get url(): string {
    return this.urlAs('127.0.0.1');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
