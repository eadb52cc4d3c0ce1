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

  sendBookmark(): void {
    const { type, metadataOnly } = this.#request;
    if (!this.allowsBookmarks) {
      return;
    }
    const metadata = {
      resourceVersion: String(this.#store.revision),
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
    this.#write(
      'ERROR',
      statusObject(
        410,
        `too old resource version: ${from} (${this.#store.compacted})`,
      ),
    );
    this.#response.end();
  }

  /** Sends the last events once more, as a reconnecting cache may. */
  repeat(count: number): void {
    this.#sent.slice(-count).forEach(line => this.writeRaw(line));
  }

  /** Writes a line as it is, to break the protocol. */
  writeRaw(line: string): void {
    // Between the end of an expired watch and the close of its connection the store goes on changing.
    if (!this.#response.writableEnded) {
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
    this.#write(type, single(object, this.#request.metadataOnly));
  }

  #write(type: string, object: object): void {
    const line = `${JSON.stringify({ type, object })}\n`;
    this.#sent.push(line);
    this.writeRaw(line);
  }

  #endAfterTimeout(): void {
    const timeoutSeconds = Number(this.#request.query.get('timeoutSeconds'));
    if (timeoutSeconds > 0) {
      this.#timeout = setTimeout(() => {
        this.sendBookmark();
        this.#response.end();
      }, timeoutSeconds * 1000);
    }
  }
}
