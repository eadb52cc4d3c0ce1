import { IncomingMessage, ServerResponse } from 'node:http';
import { FaultTable, Reply, sendReply } from '../http';
import { equalsInConstantTime } from '../registry';
import { discoveryReply } from './discoveryReply';
import { listReply } from './listReply';
import { ObjectStore } from './ObjectStore';
import { ApiRequest, parseApiRequest } from './parseApiRequest';
import { single } from './representation';
import { KubernetesResource } from './resources';
import { apiReply, noSuchPath, statusReply } from './statusReply';
import { WatchStream } from './WatchStream';

/** Everything of the fake API server but its socket and its public face. */
export class ApiCore {
  readonly store: ObjectStore;
  readonly faults = new FaultTable();
  readonly watches = new Set<WatchStream>();
  readonly forbidden: Set<string>;
  readonly missing: Set<string>;
  readonly bookmarkTimer: NodeJS.Timeout;
  readonly #token: string | undefined;
  lag = 0;
  /** Only lists from the watch cache lag; those from etcd never do on a sound server. */
  cacheLag = 0;
  /** Most objects in one page, whatever is asked for. */
  maxPage = Infinity;
  compactAfterPage = false;

  constructor(options: {
    token?: string;
    forbidden?: string[];
    missing?: string[];
    bookmarkIntervalMs?: number;
    now?: () => Date;
  }) {
    this.store = new ObjectStore({ now: options.now ?? (() => new Date()) });
    this.forbidden = new Set(options.forbidden);
    this.missing = new Set(options.missing);
    this.#token = options.token;
    this.bookmarkTimer = setInterval(
      () => this.watches.forEach(watch => watch.sendBookmark()),
      options.bookmarkIntervalMs ?? 60_000,
    );
    this.bookmarkTimer.unref();
  }

  watchesOf(plural?: string): WatchStream[] {
    return [...this.watches].filter(
      watch => plural === undefined || watch.resource === plural,
    );
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const fault = this.faults.take(request);
    const refusal = this.#refuse(request);
    if (refusal) {
      sendReply({ request, response, reply: refusal, fault });
      return;
    }
    const parsed = parseApiRequest(request);
    if (isKnown(parsed) && parsed.verb === 'watch' && !fault) {
      this.#watch(parsed, response);
      return;
    }
    sendReply({ request, response, reply: this.#answer(parsed), fault });
  }

  #refuse(request: IncomingMessage): Reply | undefined {
    const { authorization = '' } = request.headers;
    if (
      this.#token !== undefined &&
      !equalsInConstantTime(authorization, `Bearer ${this.#token}`)
    ) {
      return statusReply(401, 'Unauthorized');
    }
    if (request.url === '/version') {
      return apiReply(200, { major: '1', minor: '37', gitVersion: 'v1.37.2' });
    }
    const discovery = discoveryReply(request, this.missing);
    if (discovery) {
      return discovery;
    }
    const parsed = parseApiRequest(request);
    if (!parsed?.type || this.missing.has(parsed.resource)) {
      return noSuchPath();
    }
    if (parsed.verb === 'other' || this.forbidden.has(parsed.resource)) {
      return forbidden(parsed, request.method ?? 'GET');
    }
    return undefined;
  }

  #answer(request: ApiRequest | undefined): Reply {
    if (!isKnown(request)) {
      return noSuchPath();
    }
    if (request.verb === 'get') {
      return this.#get(request);
    }
    return this.#list(request);
  }

  #list(request: KnownRequest): Reply {
    const cached = request.query.get('resourceVersion') === '0';
    const lag = cached ? Math.max(this.lag, this.cacheLag) : this.lag;
    const revision = Math.max(this.store.revision - lag, this.store.compacted);
    const { store, maxPage } = this;
    const reply = listReply({ request, store, revision, maxPage });
    if (this.compactAfterPage && request.query.has('limit') && !cached) {
      this.compactAfterPage = false;
      store.compact();
    }
    return reply;
  }

  #get(request: KnownRequest): Reply {
    const object = this.store
      .list(request.resource)
      .find(
        ({ metadata }) =>
          metadata.name === request.name &&
          metadata.namespace === request.namespace,
      );
    return object
      ? apiReply(200, single(object, request.metadataOnly))
      : statusReply(404, `${request.resource} "${request.name}" not found`);
  }

  #watch(request: KnownRequest, response: ServerResponse): void {
    const watch = new WatchStream({ request, response, store: this.store });
    this.watches.add(watch);
    watch.open(() => this.watches.delete(watch));
  }
}

type KnownRequest = ApiRequest & { type: KubernetesResource };

function isKnown(request: ApiRequest | undefined): request is KnownRequest {
  return request?.type !== undefined;
}

function forbidden(request: ApiRequest, method: string): Reply {
  const verb = request.verb === 'other' ? method.toLowerCase() : request.verb;
  const where = request.namespace
    ? `in the namespace "${request.namespace}"`
    : 'at the cluster scope';
  return statusReply(
    403,
    `${request.resource} is forbidden: User "backstage" cannot ${verb} resource "${request.resource}" in API group "${request.group}" ${where}`,
  );
}
