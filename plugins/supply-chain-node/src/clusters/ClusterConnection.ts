import { Clock, systemClock } from './Clock';
import { ClusterReadError } from './ClusterReadError';
import { ClusterTransport } from './ClusterTransport';
import { linkedAbort } from './linkedAbort';
import { discard, readBounded } from './readBounded';
import {
  discoveryPath,
  ReadableResource,
  resourcePath,
  ResourceTarget,
} from './readableResources';
import { ReadVerb, refusalOf, shortText } from './refusalOf';

// A cluster has some hundred groups at most.
const DISCOVERY_MAX_BYTES = 4 * 1024 * 1024;

/**
 * How one read is asked for.
 *
 * @public
 */
export type ClusterRequestOptions = {
  query?: Record<string, string>;
  /** @defaultValue `application/json` */
  accept?: string;
  signal: AbortSignal;
};

/**
 * The read-only view of one cluster: GET only, over a closed list of resources (L31).
 *
 * @public
 */
export class ClusterConnection {
  readonly name: string;
  readonly #transport: ClusterTransport;
  readonly #clock: Clock;
  readonly #requestTimeoutMs: number;

  static create(options: {
    cluster: string;
    transport: ClusterTransport;
    clock?: Clock;
    /** @defaultValue 60 s for one whole answer; a watch has its own limit. */
    requestTimeoutMs?: number;
  }): ClusterConnection {
    return new ClusterConnection(options);
  }

  private constructor(options: {
    cluster: string;
    transport: ClusterTransport;
    clock?: Clock;
    requestTimeoutMs?: number;
  }) {
    this.name = options.cluster;
    this.#transport = options.transport;
    this.#clock = options.clock ?? systemClock;
    this.#requestTimeoutMs = options.requestTimeoutMs ?? 60_000;
  }

  /**
   * Sends one request and returns a successful JSON answer with its body still unread. Throws a
   * {@link ClusterReadError} for any other answer. The time limit is the caller's, by `signal`.
   */
  async request(
    target: ResourceTarget,
    options: ClusterRequestOptions,
  ): Promise<Response> {
    return this.#request(resourcePath(target), target, options);
  }

  /** Reads one whole answer within the time limit and the size limit. */
  async read(
    target: ResourceTarget,
    options: ClusterRequestOptions & { maxBytes: number },
  ): Promise<Buffer> {
    return this.#read(resourcePath(target), target, options);
  }

  /**
   * Reads what the cluster says it serves: its groups, or the resources of the group of one. Everybody who is signed in
   * to a cluster may.
   */
  async readDiscovery(
    of: 'groups' | 'resources',
    resource: ReadableResource,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const path = of === 'groups' ? '/apis' : discoveryPath(resource);
    const maxBytes = DISCOVERY_MAX_BYTES;
    return this.#read(path, { resource }, { signal, maxBytes });
  }

  async #read(
    path: string,
    target: ResourceTarget,
    options: ClusterRequestOptions & { maxBytes: number },
  ): Promise<Buffer> {
    const { controller, unlink } = linkedAbort(options.signal);
    let timedOut = false;
    const cancel = this.#clock.setTimer(() => {
      timedOut = true;
      controller.abort();
    }, this.#requestTimeoutMs);
    try {
      const { signal } = controller;
      const response = await this.#request(path, target, {
        ...options,
        signal,
      });
      return await readBounded(response, options.maxBytes);
    } catch (error) {
      if (timedOut) {
        throw new ClusterReadError(
          'sourceTimeout',
          `no complete answer within ${this.#requestTimeoutMs} ms`,
          { cause: error },
        );
      }
      throw asReadError(error);
    } finally {
      cancel();
      unlink();
    }
  }

  async #request(
    path: string,
    target: ResourceTarget,
    options: ClusterRequestOptions,
  ): Promise<Response> {
    const { query = {}, accept = 'application/json', signal } = options;
    const response = await this.#get(path, { query, accept, signal });
    if (!response.ok) {
      const verb = verbOf(target, query);
      throw await refusalOf({ response, target, verb });
    }
    const type = response.headers.get('Content-Type') ?? '';
    if (!/^application\/json\b/i.test(type)) {
      await discard(response);
      throw new ClusterReadError(
        'malformedAnswer',
        `expected application/json, got '${shortText(type)}'`,
      );
    }
    return response;
  }

  async #get(
    path: string,
    options: Required<ClusterRequestOptions>,
  ): Promise<Response> {
    try {
      return await this.#transport.get({
        cluster: this.name,
        path,
        query: new URLSearchParams(options.query),
        accept: options.accept,
        signal: options.signal,
      });
    } catch (error) {
      throw asReadError(error);
    }
  }
}

/**
 * An error of the network as a {@link ClusterReadError}; our own errors as they are.
 *
 * @internal
 */
export function asReadError(error: unknown): ClusterReadError {
  if (error instanceof ClusterReadError) {
    return error;
  }
  const { message, cause } = error as Error & { cause?: Error };
  const because = cause?.message ? `: ${cause.message}` : '';
  return new ClusterReadError(
    'clusterUnreachable',
    shortText(`${message}${because}`),
    { cause: error },
  );
}

function verbOf(
  target: ResourceTarget,
  query: Record<string, string>,
): ReadVerb {
  if (target.name !== undefined) {
    return 'get';
  }
  return query.watch ? 'watch' : 'list';
}
