import { FeedSink, HeldSource, SourceKind, SourceReport } from '../feeds';
import { Clock, jitter, sleep, systemClock } from './Clock';
import { ClusterConnection, asReadError } from './ClusterConnection';
import { IncompleteClusterList } from './ClusterReadError';
import {
  CLUSTER_LIST,
  ClusterListing,
  ClusterTransport,
} from './ClusterTransport';
import { linkedAbort } from './linkedAbort';

/**
 * What is done with one cluster while this replica holds its lease.
 *
 * @public
 */
export type ClusterWork<T> = (held: HeldCluster<T>) => Promise<void>;

/**
 * A cluster while this replica holds its lease.
 *
 * @public
 */
export type HeldCluster<T> = Omit<HeldSource<T>, 'report'> & {
  connection: ClusterConnection;
  report: (report: Omit<SourceReport, 'kind' | 'name'>) => Promise<void>;
};

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

type Followed = {
  /** How it was listed when its work began. */
  listing: string;
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
    const { listings, isComplete } = await this.#list();
    if (this.#options.signal.aborted) {
      return;
    }
    if (isComplete) {
      await this.#settle(listings);
    }
    for (const listing of listings) {
      if (!this.#followed.has(listing.name)) {
        await this.#start(listing);
      }
    }
  }

  /** What the list does not name is over. */
  async #settle(listings: ClusterListing[]): Promise<void> {
    const names = [...new Set(listings.map(({ name }) => name))].sort();
    await this.#stopOthers(listings);
    if (this.#known !== JSON.stringify(names)) {
      await this.#options.sink.setSources(names);
      this.#known = JSON.stringify(names);
    }
  }

  async stop(): Promise<void> {
    const all = [...this.#followed.values()];
    this.#followed.clear();
    all.forEach(({ stop }) => stop());
    await Promise.all(all.map(({ done }) => done));
  }

  async #list(): Promise<{
    listings: ClusterListing[];
    isComplete: boolean;
  }> {
    const { transport, signal, kind, sink } = this.#options;
    const place = { kind, name: CLUSTER_LIST };
    try {
      const listings = await transport.listClusters({ signal });
      if (this.#listFailed) {
        await sink.report({ ...place, state: 'ok' });
      }
      this.#listFailed = false;
      return { listings: this.#selected(listings), isComplete: true };
    } catch (error) {
      if (!signal.aborted) {
        // Clusters known so far are followed on: "could not be read" is not "there are none".
        this.#listFailed = true;
        const { reason, message } = asReadError(error);
        await sink.report({ ...place, state: 'down', reason, message });
      }
      const known =
        error instanceof IncompleteClusterList ? error.listings : [];
      return { listings: this.#selected(known), isComplete: false };
    }
  }

  #selected(listings: readonly ClusterListing[]): ClusterListing[] {
    const { clusters } = this.#options;
    return listings.filter(({ name }) => clusters?.includes(name) ?? true);
  }

  async #stopOthers(listings: ClusterListing[]): Promise<void> {
    for (const [name, followed] of [...this.#followed]) {
      const listing = listings.find(each => each.name === name);
      if (JSON.stringify(listing) !== followed.listing) {
        this.#followed.delete(name);
        followed.stop();
        await followed.done;
      }
    }
  }

  async #start(listing: ClusterListing): Promise<void> {
    const { sink, kind, signal } = this.#options;
    const { name, needsUser, refusal } = listing;
    if (needsUser || refusal) {
      this.#followed.set(name, {
        listing: JSON.stringify(listing),
        stop: () => undefined,
        done: Promise.resolve(),
      });
      await sink.report({
        kind,
        name,
        state: 'down',
        ...(refusal ?? { reason: 'clusterNeedsUser' }),
      });
      return;
    }
    const { controller, unlink } = linkedAbort(signal);
    this.#followed.set(name, {
      listing: JSON.stringify(listing),
      stop: () => controller.abort(),
      done: this.#hold(listing, controller.signal)
        .catch(error => {
          // Thrown by the next poll: a sink that throws is a defect, not a state of a cluster.
          this.#defects.push(error);
        })
        .finally(unlink),
    });
  }

  #hold({ name, warning }: ClusterListing, signal: AbortSignal): Promise<void> {
    const { sink, transport, clock, work, kind } = this.#options;
    const connection = ClusterConnection.create({
      cluster: name,
      transport,
      clock,
    });
    return sink.whileHolding({ source: name, signal }, async held => {
      const report = (health: Omit<SourceReport, 'kind' | 'name'>) =>
        held.report({ kind, name, ...withWarning(health, warning) });
      await report({ state: 'starting' });
      await work({ ...held, connection, report });
    });
  }
}

/** What is wrong with how a cluster is read is said as long as nothing worse is. */
function withWarning(
  health: Omit<SourceReport, 'kind' | 'name'>,
  warning: ClusterListing['warning'],
): Omit<SourceReport, 'kind' | 'name'> {
  return warning && health.state === 'ok'
    ? { ...health, state: 'degraded', ...warning }
    : health;
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
