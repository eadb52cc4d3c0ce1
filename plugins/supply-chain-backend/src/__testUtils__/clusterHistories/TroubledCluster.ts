import { Fault, KubernetesApiServer } from 'sandbox';
import {
  FaultName,
  OutageName,
  REQUESTS,
  RequestName,
  TroubleName,
} from './steps';

const status = (code: number, retryAfterSeconds?: number): Fault => ({
  kind: 'status',
  status: code,
  retryAfterSeconds,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: `fault ${code}`,
    code,
  }),
});

const HTML: Fault = { kind: 'html' };
const HANGING: Fault = { kind: 'hang' };
const TRUNCATED: Fault = { kind: 'truncatedBody' };

const FAULT_OF: Record<FaultName, Fault> = {
  unauthorized: status(401),
  forbidden: status(403),
  absent: status(404),
  // Of a router that has lost its way, in the words of an API server without the resource.
  unrouted: { kind: 'status', status: 404, body: '404 page not found\n' },
  expired: status(410),
  throttled: status(429, 20),
  failing: status(500),
  unavailable: status(503),
  truncated: TRUNCATED,
  html: HTML,
  hanging: HANGING,
  // A replica that has not caught up since its start: nothing, from before everything.
  older: {
    kind: 'wrongBytes',
    body: JSON.stringify({
      kind: 'List',
      apiVersion: 'v1',
      metadata: { resourceVersion: '1' },
      items: [],
    }),
  },
};

const FAULT_OF_OUTAGE: Partial<
  Record<OutageName, { fault: Fault; path?: RegExp }>
> = {
  unauthorized: { fault: status(401) },
  failing: { fault: status(500) },
  throttled: { fault: status(429, 20) },
  truncated: { fault: TRUNCATED },
  html: { fault: HTML },
  hanging: { fault: HANGING },
  noWatches: { fault: TRUNCATED, path: /watch=1/ },
};

const TROUBLE_OF: Record<TroubleName, (server: KubernetesApiServer) => void> = {
  dropWatches: server => server.dropWatches(),
  endWatches: server => server.endWatches(),
  stallWatches: server => server.stallWatches(),
  breakEvent: server => server.breakNextEvents(),
  swapEvents: server => server.swapNextEvents(),
  malformedLine: server => server.sendMalformedLine(),
  repeatEvents: server => server.repeatEvents(3),
  repeatReversed: server => server.repeatReversed(4),
  bookmark: server => server.sendBookmarks(),
  oldBookmark: server => server.sendBookmarks(undefined, { behind: 5 }),
  failWatches: server => server.failWatches(500, 'etcdserver: timed out'),
  expireWatches: server => server.compact({ expireWatches: true }),
  compact: server => server.compact(),
  compactAfterPage: server => server.compactAfterPage(),
};

/** A fake API server and what is wrong with it. */
export class TroubledCluster {
  readonly server: KubernetesApiServer;
  readonly #plurals: readonly string[];

  constructor(server: KubernetesApiServer, plurals: readonly string[]) {
    this.server = server;
    this.#plurals = plurals;
  }

  trouble(name: TroubleName): void {
    TROUBLE_OF[name](this.server);
  }

  addFault(options: {
    fault: FaultName;
    request: RequestName;
    times: number;
  }): void {
    this.server.addFault({
      fault: FAULT_OF[options.fault],
      path: new RegExp(REQUESTS[options.request]),
      times: options.times,
    });
  }

  async beginOutage(outage: OutageName): Promise<void> {
    const { server } = this;
    server.clearFaults();
    switch (outage) {
      case 'forbidden':
        this.#plurals.forEach(plural => server.setForbidden(plural, true));
        break;
      case 'missing':
        this.#plurals.forEach(plural => server.setMissing(plural, true));
        break;
      case 'unreachable':
        await server.suspend();
        break;
      default:
        server.addFault(FAULT_OF_OUTAGE[outage]!);
    }
    server.dropWatches();
  }

  /** Ends whatever is wrong. */
  async endTrouble(): Promise<void> {
    const { server } = this;
    server.clearFaults();
    this.#plurals.forEach(plural => {
      server.setForbidden(plural, false);
      server.setMissing(plural, false);
    });
    await server.resume();
  }
}
