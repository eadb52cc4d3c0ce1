import { FeedSink, SourceKind, SourceReport, SourceWriter } from '../feeds';
import { Clock, jitter, sleep, systemClock } from './Clock';
import { ClusterConnection, asReadError } from './ClusterConnection';
import { ClusterListing, ClusterTransport } from './ClusterTransport';
import { linkedAbort } from './linkedAbort';

/**
 * What is done with one cluster while this replica holds its lease.
 *
 * @public
 */
export type ClusterWork<T> = (held: {
  connection: ClusterConnection;
  writer: SourceWriter<T>;
  signal: AbortSignal;
  report: (report: Omit<SourceReport, 'kind' | 'name'>) => Promise<void>;
}) => Promise<void>;

/**
 * @public
 */
export type FollowClustersOptions<T> = {
  transport: ClusterTransport;
  sink: FeedSink<T>;
  signal: AbortSignal;
  /** How the sources page names these sources. */
  kind: SourceKind;
  work: ClusterWork<T>;
  /** Only these clusters; all when left out. */
  clusters?: readonly string[];
  /** @defaultValue 60 s */
  pollIntervalMs?: number;
  clock?: Clock;
};

/** Name under which a list of clusters that cannot be read appears beside the clusters. */
const CLUSTER_LIST = '(list of clusters)';

type Followed = {
  needsUser: boolean;
  stop: () => void;
  done: Promise<void>;
};

class ClusterFollowing<T> {
  readonly #options: FollowClustersOptions<T>;
  readonly #followed = new Map<string, Followed>();
  #known: string | undefined;
  #listFailed = false;
  readonly #defects: unknown[] = [];

  constructor(options: FollowClustersOptions<T>) {
    this.#options = options;
  }

  async poll(): Promise<void> {
    if (this.#defects.length > 0) {
      throw this.#defects[0];
    }
    const listings = await this.#list();
    if (!listings || this.#options.signal.aborted) {
      return;
    }
    const names = [...new Set(listings.map(({ name }) => name))].sort();
    await this.#stopOthers(listings);
    if (this.#known !== JSON.stringify(names)) {
      await this.#options.sink.setSources(names);
      this.#known = JSON.stringify(names);
    }
    for (const listing of listings) {
      if (!this.#followed.has(listing.name)) {
        await this.#start(listing);
      }
    }
  }

  async stop(): Promise<void> {
    const all = [...this.#followed.values()];
    this.#followed.clear();
    all.forEach(({ stop }) => stop());
    await Promise.all(all.map(({ done }) => done));
  }

  async #list(): Promise<ClusterListing[] | undefined> {
    const { transport, signal, clusters, kind, sink } = this.#options;
    const place = { kind, name: CLUSTER_LIST };
    try {
      const listings = await transport.listClusters({ signal });
      if (this.#listFailed) {
        await sink.report({ ...place, state: 'ok' });
      }
      this.#listFailed = false;
      return clusters
        ? listings.filter(({ name }) => clusters.includes(name))
        : listings;
    } catch (error) {
      if (!signal.aborted) {
        // Clusters known so far are followed on: "could not be read" is not "there are none".
        this.#listFailed = true;
        const { reason, message } = asReadError(error);
        await sink.report({ ...place, state: 'down', reason, message });
      }
      return undefined;
    }
  }

  async #stopOthers(listings: ClusterListing[]): Promise<void> {
    for (const [name, followed] of [...this.#followed]) {
      const listing = listings.find(each => each.name === name);
      if (listing?.needsUser !== followed.needsUser) {
        this.#followed.delete(name);
        followed.stop();
        await followed.done;
      }
    }
  }

  async #start({ name, needsUser }: ClusterListing): Promise<void> {
    const { sink, kind, signal } = this.#options;
    const report = (state: Omit<SourceReport, 'kind' | 'name'>) =>
      sink.report({ kind, name, ...state });
    if (needsUser) {
      this.#followed.set(name, {
        needsUser,
        stop: () => undefined,
        done: Promise.resolve(),
      });
      await report({ state: 'down', reason: 'clusterNeedsUser' });
      return;
    }
    await report({ state: 'starting' });
    const { controller, unlink } = linkedAbort(signal);
    this.#followed.set(name, {
      needsUser,
      stop: () => controller.abort(),
      done: this.#hold(name, controller.signal, report)
        .catch(error => {
          // Thrown by the next poll: a sink that throws is a defect, not a state of a cluster.
          this.#defects.push(error);
        })
        .finally(unlink),
    });
  }

  #hold(
    name: string,
    signal: AbortSignal,
    report: (state: Omit<SourceReport, 'kind' | 'name'>) => Promise<void>,
  ): Promise<void> {
    const { sink, transport, clock, work } = this.#options;
    const connection = ClusterConnection.create({
      cluster: name,
      transport,
      clock,
    });
    return sink.whileHolding({ source: name, signal }, held =>
      work({ connection, report, ...held }),
    );
  }
}

/**
 * Keeps one piece of work per cluster going while the list of clusters changes. Resolves when `signal` aborts.
 *
 * @public
 */
export async function followClusters<T>(
  options: FollowClustersOptions<T>,
): Promise<void> {
  const { signal, clock = systemClock, pollIntervalMs = 60_000 } = options;
  const following = new ClusterFollowing(options);
  try {
    while (!signal.aborted) {
      await following.poll();
      const delayMs = jitter(clock, pollIntervalMs);
      await sleep({ clock, delayMs, signal });
    }
  } finally {
    await following.stop();
  }
}
