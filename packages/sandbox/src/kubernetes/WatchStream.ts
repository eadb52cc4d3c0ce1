import { ServerResponse } from 'node:http';
import { parseLabelSelector } from './labelSelector';
import { ObjectStore, StoredEvent } from './ObjectStore';
import { ApiRequest } from './parseApiRequest';
import { single } from './representation';
import {
  apiVersionOf,
  KubernetesObject,
  KubernetesResource,
} from './resources';
import { statusObject } from './statusReply';

/**
 * One open watch:
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 * @public
 */
export class WatchStream {
  readonly #request: ApiRequest & { type: KubernetesResource };
  readonly #response: ServerResponse;
  readonly #store: ObjectStore;
  readonly #matches: (object: KubernetesObject | undefined) => boolean;
  readonly #sent: string[] = [];
  #stalled = false;
  #breakNext = false;
  #swapNext = false;
  #held: string | undefined;
  #unsubscribe: () => void = () => undefined;
  #timeout: NodeJS.Timeout | undefined;

  constructor(options: {
    request: ApiRequest & { type: KubernetesResource };
    response: ServerResponse;
    store: ObjectStore;
  }) {
    this.#request = options.request;
    this.#response = options.response;
    this.#store = options.store;
    const { namespace, query } = options.request;
    const labels = parseLabelSelector(query.get('labelSelector'));
    this.#matches = object =>
      object !== undefined &&
      (namespace === undefined || object.metadata.namespace === namespace) &&
      labels(object.metadata.labels);
  }

  /** Plural of the watched resource. */
  get resource(): string {
    return this.#request.resource;
  }

  get allowsBookmarks(): boolean {
    return ['1', 'true'].includes(
      this.#request.query.get('allowWatchBookmarks') ?? '',
    );
  }

  open(onClose: () => void): void {
    this.#response.writeHead(200, { 'Content-Type': 'application/json' });
    this.#response.flushHeaders();
    this.#response.on('close', () => {
      this.#unsubscribe();
      clearTimeout(this.#timeout);
      onClose();
    });
    const from = Number(this.#request.query.get('resourceVersion') ?? 0);
    if (from > 0 && from < this.#store.compacted) {
      this.sendExpired();
      return;
    }
    if (from === 0) {
      this.#sendInitial();
    } else {
      this.#store.history
        .filter(event => event.revision > from)
        .forEach(event => this.#forward(event));
    }
    this.#unsubscribe = this.#store.onEvent(event => this.#forward(event));
    this.#endAfterTimeout();
  }

  /** `behind`: revisions by which a lagging cache is late. */
  sendBookmark(behind = 0): void {
    const { type, metadataOnly } = this.#request;
    if (!this.allowsBookmarks) {
      return;
    }
    const metadata = {
      resourceVersion: String(Math.max(1, this.#store.revision - behind)),
      creationTimestamp: null,
    };
    const object = metadataOnly
      ? {
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata,
        }
      : { kind: type.kind, apiVersion: apiVersionOf(type), metadata };
    this.#write('BOOKMARK', object);
  }

  /** The history this watch needs is gone: one ERROR event and the end. */
  sendExpired(): void {
    const from = this.#request.query.get('resourceVersion') ?? '0';
    this.fail(
      410,
      `too old resource version: ${from} (${this.#store.compacted})`,
    );
  }

  /** One ERROR event with a `Status`, and the end. */
  fail(code: number, message: string): void {
    this.#write('ERROR', statusObject(code, message));
    this.#response.end();
  }

  /** Sends the last events once more, as a reconnecting cache may. */
  repeat(count: number): void {
    this.#sent.slice(-count).forEach(line => this.writeRaw(line));
  }

  /** The same, the newest first. */
  repeatReversed(count: number): void {
    this.#sent
      .slice(-count)
      .reverse()
      .forEach(line => this.writeRaw(line));
  }

  /** Stays open and never sends anything again: a connection that is dead on the way. */
  stall(): void {
    this.#stalled = true;
  }

  /** Cuts the next event in half and closes the connection. */
  breakNext(): void {
    this.#breakNext = true;
  }

  /** Sends the next event only after the one that follows it. */
  swapNext(): void {
    this.#swapNext = true;
  }

  /** Ends as after `timeoutSeconds`. */
  end(): void {
    this.sendBookmark();
    this.#response.end();
  }

  /** Writes a line as it is, to break the protocol. */
  writeRaw(line: string): void {
    // Between the end of an expired watch and the close of its connection the store goes on changing.
    if (!this.#response.writableEnded && !this.#stalled) {
      this.#response.write(line);
    }
  }

  /** Closes the connection without a word. */
  drop(): void {
    this.#response.destroy();
  }

  #sendInitial(): void {
    this.#store
      .list(this.resource)
      .filter(object => this.#matches(object))
      .forEach(object => this.#writeObject('ADDED', object));
  }

  #forward(event: StoredEvent): void {
    if (event.plural !== this.resource) {
      return;
    }
    const was = this.#matches(event.before);
    const is = this.#matches(event.after);
    if (is && event.after) {
      this.#writeObject(was ? 'MODIFIED' : 'ADDED', event.after);
    } else if (was && event.before) {
      // The last state, under the revision of the deletion, as the real server does.
      const { metadata } = event.before;
      const resourceVersion = String(event.revision);
      this.#writeObject('DELETED', {
        ...event.before,
        metadata: { ...metadata, resourceVersion },
      });
    }
  }

  #writeObject(type: string, object: KubernetesObject): void {
    const shown = single(object, this.#request.metadataOnly);
    const line = lineOf(type, shown);
    if (this.#breakNext) {
      this.#stalled = true;
      this.#response.write(line.slice(0, line.length >> 1), () => this.drop());
    } else if (this.#swapNext) {
      this.#swapNext = false;
      this.#held = line;
    } else {
      this.#send(line);
      this.#release();
    }
  }

  #write(type: string, object: object): void {
    this.#release();
    this.#send(lineOf(type, object));
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) {
      this.#send(held);
    }
  }

  #send(line: string): void {
    this.#sent.push(line);
    this.writeRaw(line);
  }

  #endAfterTimeout(): void {
    const timeoutSeconds = Number(this.#request.query.get('timeoutSeconds'));
    if (timeoutSeconds > 0) {
      this.#timeout = setTimeout(() => this.end(), timeoutSeconds * 1000);
    }
  }
}

function lineOf(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}
