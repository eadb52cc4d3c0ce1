import {
  FaultRule,
  FaultTable,
  LoopbackServer,
  RecordedRequest,
  Reply,
  sendReply,
} from '../http';
import {
  RegistryAuthentication,
  RegistryGate,
} from '../registry/registryAuthentication';
import { TrustCollection } from './TrustCollection';

/**
 * @public
 */
export interface NotaryServerOptions {
  /** @defaultValue 0, any free port */
  port?: number;
  /** @defaultValue `{ kind: 'none' }` */
  authentication?: RegistryAuthentication;
  /** Decides when tokens end. */
  now?: () => Date;
}

// https://github.com/notaryproject/notary/blob/v0.7.0/server/server.go
const FILE = /^\/v2\/(?<gun>[^?*]+)\/_trust\/tuf\/(?<file>[^?]+)\.json(?:\?|$)/;

/**
 * A Notary server that speaks the reading half of its protocol over HTTP on the loopback interface: real trust data
 * of collections in memory.
 * @public
 */
export class NotaryServer {
  readonly #server: LoopbackServer;
  readonly #faults: FaultTable;
  readonly #collections: Map<string, TrustCollection>;
  readonly #replaced: Map<string, Buffer | undefined>;

  static async start(options: NotaryServerOptions = {}): Promise<NotaryServer> {
    const collections = new Map<string, TrustCollection>();
    const replaced = new Map<string, Buffer | undefined>();
    const faults = new FaultTable();
    const gate = new RegistryGate({
      authentication: options.authentication ?? { kind: 'none' },
      now: options.now ?? (() => new Date()),
    });
    const server = await LoopbackServer.start({
      port: options.port,
      handler: (request, response) => {
        const { gun, file } = FILE.exec(request.url ?? '')?.groups ?? {};
        const url = `http://${request.headers.host}`;
        const reply = request.url?.startsWith('/token?')
          ? gate.issue(request)
          : gate.check({ request, url, repository: gun }) ??
            greet(request.url) ??
            fileReply(fileOf({ collections, replaced, gun, file }));
        const fault = faults.take(request, gun);
        sendReply({ request, response, reply, fault });
      },
    });
    return new NotaryServer({ server, faults, collections, replaced });
  }

  private constructor(parts: {
    server: LoopbackServer;
    faults: FaultTable;
    collections: Map<string, TrustCollection>;
    replaced: Map<string, Buffer | undefined>;
  }) {
    this.#server = parts.server;
    this.#faults = parts.faults;
    this.#collections = parts.collections;
    this.#replaced = parts.replaced;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.#server.url;
  }

  /** `127.0.0.1:<port>` */
  get host(): string {
    return this.#server.host;
  }

  /** Every request since the start or the last `clearRequests()`. */
  get requests(): readonly RecordedRequest[] {
    return this.#server.requests;
  }

  clearRequests(): void {
    this.#server.requests.length = 0;
  }

  /** Serves a collection; it may change at any time. */
  add(collection: TrustCollection): void {
    this.#collections.set(collection.gun, collection);
  }

  /** Forgets a collection, as `notary delete --remote` does. */
  remove(gun: string): void {
    this.#collections.delete(gun);
  }

  /** Answers with these bytes in place of a file, or with 404. Returns what takes it back. */
  replaceFile(
    gun: string,
    file: string,
    bytes: Buffer | undefined,
  ): () => void {
    this.#replaced.set(`${gun} ${file}`, bytes);
    return () => this.#replaced.delete(`${gun} ${file}`);
  }

  /** Adds a fault; the newest matching rule wins. Returns the function that takes it away. */
  addFault(rule: FaultRule): () => void {
    return this.#faults.add(rule);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

function fileOf(options: {
  collections: Map<string, TrustCollection>;
  replaced: Map<string, Buffer | undefined>;
  gun: string | undefined;
  file: string | undefined;
}): Buffer | undefined {
  const { collections, replaced, gun = '', file = '' } = options;
  const key = `${gun} ${file}`;
  return replaced.has(key)
    ? replaced.get(key)
    : collections.get(gun)?.file(file);
}

/** The real client asks this first, and calls itself offline without an answer. Measured with notary-server 0.7.0. */
function greet(path: string | undefined): Reply | undefined {
  return path === '/v2/'
    ? {
        status: 200,
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
        body: Buffer.from('{}'),
      }
    : undefined;
}

/** Measured with notary-server 0.7.0. */
function fileReply(file: Buffer | undefined): Reply {
  if (file) {
    return { status: 200, headers: {}, body: file };
  }
  return {
    status: 404,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: Buffer.from(
      JSON.stringify({
        errors: [
          {
            code: 'METADATA_NOT_FOUND',
            message: 'You have requested metadata that does not exist.',
            detail: {},
          },
        ],
      }),
    ),
  };
}
