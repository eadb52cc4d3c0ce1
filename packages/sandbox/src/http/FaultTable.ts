import { IncomingMessage } from 'node:http';

/**
 * What a fake server does wrong. Each form is something real servers, proxies
 * or attackers do.
 * @public
 */
export type Fault =
  | {
      kind: 'status';
      status: number;
      /** Sent as the `Retry-After` header. */
      retryAfterSeconds?: number;
      headers?: Record<string, string>;
      /** @defaultValue an OCI error document */
      body?: string;
    }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** The right body, a few bytes at a time. */
  | { kind: 'slowBody'; chunkBytes: number; delayMs: number }
  /** Announces the whole length, sends half and closes the connection. */
  | { kind: 'truncatedBody' }
  /** A body of the same length with one byte changed, or the one given. */
  | { kind: 'wrongBytes'; body?: string }
  | { kind: 'contentType'; contentType: string }
  /** `location` may be `self`: an endless loop. */
  | { kind: 'redirect'; location: string; status?: number }
  /** Streams this many bytes without announcing a length. */
  | { kind: 'oversizedBody'; bytes: number }
  /** A captive portal or proxy page with status 200. */
  | { kind: 'html' };

/**
 * A fault and the requests that meet it. Without a condition: all of them.
 * @public
 */
export interface FaultRule {
  fault: Fault;
  /** Whole repository name, for registries. */
  repository?: string;
  /** A string is compared with the path without query, a RegExp is searched in path and query. */
  path?: string | RegExp;
  method?: string;
  /**
   * How many requests meet it.
   * @defaultValue unlimited
   */
  times?: number;
}

/**
 * The list of faults of one server; the newest matching rule wins.
 * @public
 */
export class FaultTable {
  readonly #rules: FaultRule[] = [];

  /** Returns the function that takes the fault away again. */
  add(rule: FaultRule): () => void {
    const own = { ...rule };
    this.#rules.unshift(own);
    return () => {
      const index = this.#rules.indexOf(own);
      if (index >= 0) {
        this.#rules.splice(index, 1);
      }
    };
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault this request meets; counts down `times`. */
  take(request: IncomingMessage, repository?: string): Fault | undefined {
    const url = request.url ?? '/';
    const rule = this.#rules.find(
      candidate =>
        (candidate.repository === undefined ||
          candidate.repository === repository) &&
        (candidate.method === undefined ||
          candidate.method === request.method) &&
        matchesPath(candidate.path, url),
    );
    if (!rule) {
      return undefined;
    }
    if (rule.times !== undefined) {
      rule.times -= 1;
      if (rule.times <= 0) {
        this.#rules.splice(this.#rules.indexOf(rule), 1);
      }
    }
    return rule.fault;
  }
}

function matchesPath(path: string | RegExp | undefined, url: string): boolean {
  if (path === undefined) {
    return true;
  }
  return typeof path === 'string'
    ? url.split('?')[0] === path
    : url.search(path) >= 0;
}
