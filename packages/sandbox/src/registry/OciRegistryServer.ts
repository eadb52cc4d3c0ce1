import { IncomingMessage } from 'node:http';
import {
  FaultRule,
  FaultTable,
  LoopbackServer,
  RecordedRequest,
  sendReply,
} from '../http';
import { OciDescriptor, RegistryContent } from './content';
import { answerRegistryRequest } from './registryRoutes';
import { RegistryAuthentication, RegistryGate } from './registryAuthentication';
import { RegistryStore } from './RegistryStore';

/**
 * @public
 */
export interface OciRegistryServerOptions {
  /** @defaultValue 0, any free port */
  port?: number;
  /** @defaultValue `{ kind: 'none' }` */
  authentication?: RegistryAuthentication;
  /**
   * Whether `/referrers/` exists for repositories that are added without saying so.
   * @defaultValue true
   */
  referrersApi?: boolean;
  /**
   * Descriptors per page of the referrers API.
   * @defaultValue unlimited
   */
  referrersPageSize?: number;
  /**
   * Whether the `artifactType` filter is applied; a registry may ignore it.
   * @defaultValue true
   */
  referrersFilter?: boolean;
  content?: RegistryContent[];
  /** Decides when tokens end. */
  now?: () => Date;
}

/**
 * A registry that speaks the reading half of the OCI distribution
 * specification 1.1 over HTTP on the loopback interface.
 * @public
 */
export class OciRegistryServer {
  readonly #server: LoopbackServer;
  readonly #faults: FaultTable;
  /** The content; change it at any time. */
  readonly store: RegistryStore;

  static async start(
    options: OciRegistryServerOptions = {},
  ): Promise<OciRegistryServer> {
    const store = new RegistryStore({
      referrersApi: options.referrersApi ?? true,
    });
    options.content?.forEach(content => store.load(content));
    const faults = new FaultTable();
    const gate = new RegistryGate({
      authentication: options.authentication ?? { kind: 'none' },
      now: options.now ?? (() => new Date()),
    });
    const server = await LoopbackServer.start({
      port: options.port,
      handler: (request, response) => {
        const repository = repositoryOf(request);
        const reply = answerRegistryRequest({
          request,
          repository,
          store,
          gate,
          referrersPageSize: options.referrersPageSize,
          referrersFilter: options.referrersFilter ?? true,
        });
        const fault = faults.take(request, repository);
        sendReply({ request, response, reply, fault });
      },
    });
    return new OciRegistryServer(server, store, faults);
  }

  private constructor(
    server: LoopbackServer,
    store: RegistryStore,
    faults: FaultTable,
  ) {
    this.#server = server;
    this.store = store;
    this.#faults = faults;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return this.#server.url;
  }

  /** `127.0.0.1:<port>`, the host part of an image reference. */
  get host(): string {
    return this.#server.host;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Every request since the start or the last `clearRequests()`. */
  get requests(): readonly RecordedRequest[] {
    return this.#server.requests;
  }

  clearRequests(): void {
    this.#server.requests.length = 0;
  }

  load(content: RegistryContent): void {
    this.store.load(content);
  }

  /** Stores a manifest and returns its digest; an object is written as JSON. */
  putManifest(
    repository: string,
    options: {
      mediaType: string;
      body: Buffer | string | object;
      tag?: string;
    },
  ): string {
    return this.store.putManifest(repository, {
      ...options,
      body: toBytes(options.body),
    });
  }

  /** Stores a blob and returns its digest. */
  putBlob(repository: string, body: Buffer | string | object): string {
    return this.store.putBlob(repository, toBytes(body));
  }

  /**
   * Lists a descriptor as referrer of the subject, whether or not it is one.
   * `putManifest` does this by itself for a manifest that names its subject.
   */
  addReferrer(
    repository: string,
    subject: string,
    descriptor: OciDescriptor,
  ): void {
    this.store.addReferrer(repository, subject, descriptor);
  }

  /** Turns the referrers API on or off, for one repository or for all. */
  setReferrersApi(enabled: boolean, repository?: string): void {
    this.store.setReferrersApi(enabled, repository);
  }

  /** Returns the function that takes the fault away again. */
  addFault(rule: FaultRule): () => void {
    return this.#faults.add(rule);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}

function toBytes(body: Buffer | string | object): Buffer {
  if (Buffer.isBuffer(body)) {
    return body;
  }
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function repositoryOf(request: IncomingMessage): string | undefined {
  const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
  return /^\/v2\/(.+)\/(?:manifests|blobs|referrers|tags)\//.exec(
    pathname,
  )?.[1];
}
