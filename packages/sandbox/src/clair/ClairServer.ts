import { IncomingMessage } from 'node:http';
import {
  FaultRule,
  FaultTable,
  LoopbackServer,
  RecordedRequest,
  Reply,
  sendReply,
} from '../http';
import { checkClairToken, ClairKeyOptions } from './checkClairToken';
import { ClairContent, vulnerabilityReport } from './clairDocuments';
import { ClairIndexer } from './ClairIndexer';
import { ClairNotifications, deliverNotification } from './ClairNotifications';
import {
  documentReply,
  emptyReply,
  errorReply,
  notFoundReply,
} from './clairReplies';

/**
 * @public
 */
export interface ClairServerOptions {
  /** @defaultValue 0, any free port */
  port?: number;
  /** Absent: it asks for no token, as a Clair without `auth`. */
  psk?: ClairKeyOptions;
  /** `notifier.webhook.target`: where notifications are delivered. Absent: nowhere. */
  webhook?: string;
  /** Decides when tokens hold, and how old its vulnerabilities are. */
  now?: () => Date;
}

const HOUR_MS = 60 * 60 * 1000;
/** A manifest with the addresses of its layers; of Clair's own limits the smallest. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const NOTHING: ClairContent = { packages: [], advisories: [] };

/**
 * A Clair v4 in combo mode on the loopback interface: indexer, matcher and notifier. It fetches the layers it is told of from
 * where it is told, so a wrong address or token fails as with a real one. What is in an image it is told by `put`.
 * @public
 */
export class ClairServer {
  /** Set by `start`, before anybody has this object. */
  #server!: LoopbackServer;
  readonly #faults = new FaultTable();
  readonly #contents = new Map<string, ClairContent>();
  readonly #unfinished = new Set<string>();
  readonly #notifications = new ClairNotifications();
  readonly #indexer = new ClairIndexer(
    digest => this.#contents.get(digest) ?? NOTHING,
  );
  readonly #options: ClairServerOptions;
  #databaseDate: () => Date | null;
  #webhook: string | undefined;

  static async start(options: ClairServerOptions = {}): Promise<ClairServer> {
    const clair = new ClairServer(options);
    clair.#server = await LoopbackServer.start({
      port: options.port,
      handler: async (request, response) => {
        const reply = await clair.#answer(request);
        const fault = clair.#faults.take(request);
        sendReply({ request, response, reply, fault });
      },
    });
    return clair;
  }

  private constructor(options: ClairServerOptions) {
    this.#options = options;
    this.#webhook = options.webhook;
    this.#databaseDate = () => new Date(this.#now().getTime() - HOUR_MS);
  }

  /** `http://127.0.0.1:<port>`, of indexer and matcher. */
  get url(): string {
    return this.#server.url;
  }

  /** Every request since the start or the last `clearRequests()`. */
  get requests(): readonly RecordedRequest[] {
    return this.#server.requests;
  }

  clearRequests(): void {
    this.#server.requests.length = 0;
  }

  /** What it finds in a platform manifest once it was indexed; nothing in those it was not told of. */
  put(digest: string, content: ClairContent): void {
    this.#contents.set(digest, content);
  }

  /** While it has not finished with a manifest the matcher answers 202 without a body. */
  setFinished(digest: string, finished: boolean): void {
    if (finished) {
      this.#unfinished.delete(digest);
    } else {
      this.#unfinished.add(digest);
    }
  }

  /** Where notifications are delivered from now on. */
  setWebhook(target: string | undefined): void {
    this.#webhook = target;
  }

  /** Notifications that nobody has removed. */
  get notifications(): string[] {
    return this.#notifications.ids;
  }

  /**
   * Tells of manifests whose vulnerabilities have changed.
   *
   * @returns the status the webhook answers, where there is one; to Clair only 200 is a delivery
   */
  async notify(digests: readonly string[]): Promise<number | undefined> {
    const id = this.#notifications.add(digests);
    const { psk } = this.#options;
    return this.#webhook === undefined
      ? undefined
      : deliverNotification({
          id,
          url: this.url,
          target: this.#webhook,
          psk,
          now: this.#now(),
        });
  }

  /** Another state, as after an upgrade: everything is to be indexed again. */
  setIndexState(state: string): void {
    this.#indexer.state = state;
  }

  /** When its vulnerabilities were last changed; `null`: none were ever loaded, and every report is a 202. */
  setDatabaseDate(date: Date | null): void {
    this.#databaseDate = () => date;
  }

  /** Adds a fault; the newest matching rule wins. Returns the function that takes it away. */
  addFault(rule: FaultRule): () => void {
    return this.#faults.add(rule);
  }

  /** Refuses connections until `resume()`. */
  async suspend(): Promise<void> {
    await this.#server.suspend();
  }

  /** Answers again, on the same port. */
  async resume(): Promise<void> {
    await this.#server.resume();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  async #answer(request: IncomingMessage): Promise<Reply> {
    const body = await readBody(request);
    const { psk } = this.#options;
    const { authorization, 'if-none-match': ifNoneMatch } = request.headers;
    if (psk && !checkClairToken(authorization, { ...psk, now: this.#now() })) {
      return emptyReply(401);
    }
    const [path, query] = (request.url ?? '/').split('?');
    const [, part, rest] =
      /^\/(indexer|matcher|notifier)\/api\/v1\/(.+)$/.exec(path) ?? [];
    switch (`${request.method} ${part} ${rest?.replace(/\/.*/s, '')}`) {
      case 'GET indexer index_state':
        return this.#indexer.readState(ifNoneMatch);
      case 'POST indexer index_report':
        return body
          ? this.#indexer.submit(body, ifNoneMatch)
          : errorReply(413, 'request-too-large', 'manifest too large');
      case 'GET indexer index_report':
        return withDigest(rest, digest =>
          this.#indexer.read(digest, ifNoneMatch),
        );
      case 'DELETE indexer index_report':
        return withDigest(rest, digest => this.#indexer.forget(digest));
      case 'GET matcher vulnerability_report':
        return withDigest(rest, digest => this.#match(digest));
      case 'GET notifier notification':
        return this.#notifications.read(
          rest.replace(/^notification\//, ''),
          new URLSearchParams(query),
        );
      case 'DELETE notifier notification':
        return this.#notifications.remove(rest.replace(/^notification\//, ''));
      case 'GET matcher internal':
        return this.#readUpdates(rest);
      default:
        return errorReply(404, 'not-found', `no such resource: ${path}`);
    }
  }

  #match(digest: string): Reply {
    if (this.#databaseDate() === null || this.#unfinished.has(digest)) {
      return emptyReply(202);
    }
    const indexed = this.#indexer.finished(digest);
    return indexed
      ? documentReply({
          type: 'report',
          document: vulnerabilityReport({
            digest,
            layer: indexed.layer,
            content: this.#contents.get(digest) ?? NOTHING,
          }),
        })
      : notFoundReply(digest);
  }

  #readUpdates(rest: string): Reply {
    if (!/^internal\/update_operation\/?$/.test(rest)) {
      return errorReply(404, 'not-found', `no such resource: ${rest}`);
    }
    const date = this.#databaseDate();
    const updater = 'alpine-main-v3.20-updater';
    const operation = {
      ref: '7a8b4343-e192-4f58-869e-7540f953df9d',
      updater,
      fingerprint: 'sandbox',
      date: date?.toISOString(),
      kind: '',
    };
    return documentReply({
      type: 'json',
      etag: operation.ref,
      document: date ? { [updater]: [operation] } : {},
    });
  }
}

function withDigest(rest: string, answer: (digest: string) => Reply): Reply {
  const digest = rest.slice(rest.indexOf('/') + 1);
  return /^sha256:[0-9a-f]{64}$/.test(digest)
    ? answer(digest)
    : errorReply(
        400,
        'bad-request',
        'malformed path: unable to decode digest as hex',
      );
}

/** Reads to the end, so that the connection can be used again; undefined for what is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}
