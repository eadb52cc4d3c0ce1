import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * One request as a fake server received it.
 * @public
 */
export interface RecordedRequest {
  method: string;
  /** Path with the query, as on the wire. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Filled when the answer is complete; absent while it is being written or when it never came. */
  status?: number;
}

/**
 * @public
 */
export interface LoopbackServerOptions {
  /**
   * TCP port on 127.0.0.1.
   * @defaultValue 0, any free port
   */
  port?: number;
  handler: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => void | Promise<void>;
}

/**
 * An HTTP server that can only be reached from this machine (L35), keeps a log
 * of its requests and can be stopped while answers are still open.
 * @public
 */
export class LoopbackServer {
  readonly #server: Server;
  readonly #port: number;
  readonly requests: RecordedRequest[] = [];

  static async start(options: LoopbackServerOptions): Promise<LoopbackServer> {
    const requests: RecordedRequest[] = [];
    const server = createServer((request, response) => {
      const record: RecordedRequest = {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: { ...request.headers },
      };
      requests.push(record);
      response.on('finish', () => {
        record.status = response.statusCode;
      });
      Promise.resolve(options.handler(request, response)).catch(error => {
        // A defect of the fake must be seen by the test that met it.
        if (!response.headersSent) {
          response.writeHead(500, { 'Content-Type': 'text/plain' });
        }
        response.end(`sandbox server failed: ${String(error?.stack ?? error)}`);
      });
    });
    await listen(server, options.port ?? 0);
    return new LoopbackServer(server, requests);
  }

  private constructor(server: Server, requests: RecordedRequest[]) {
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    this.requests = requests;
  }

  get port(): number {
    return this.#port;
  }

  /** `127.0.0.1:<port>`, as it stands in an image reference. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** `http://127.0.0.1:<port>` without a trailing slash. */
  get url(): string {
    return `http://${this.host}`;
  }

  /** Ends every open connection, hanging answers and watches too. */
  dropConnections(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  /** Refuses connections until `resume()`, and ends those that are open. */
  async suspend(): Promise<void> {
    if (this.#server.listening) {
      await this.stop();
    }
  }

  /** Answers again, on the same port. */
  async resume(): Promise<void> {
    if (!this.#server.listening) {
      await listen(this.#server, this.#port);
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // L35: never on another interface.
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
