import { LoggerService } from '@backstage/backend-plugin-api';
import {
  FeedSink,
  HeldSource,
  SourceHints,
  SourceReport,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import { CLUSTER_LIST } from 'backstage-plugin-supply-chain-node/clusters';
import { jittered, pause } from '../loops/pause';
import { FencedWriter } from './FencedWriter';
import {
  HEARTBEAT_INTERVAL_MS,
  LEASE_TIME_TO_LIVE_MS,
  holdLease,
} from './holdLease';
import {
  LeaseStore,
  SourceHealthStore,
  SourceLease,
  SourceStore,
} from '../stores/SourceStore';

/** Pause before the work of a source is started again after it ended. */
const RESTART_PAUSE_MS = 2_000;

const NO_HINTS: SourceHints = {
  take: signal =>
    new Promise(resolve => {
      if (signal.aborted) {
        resolve([]);
      }
      signal.addEventListener('abort', () => resolve([]), { once: true });
    }),
};

/** Options of {@link DatabaseFeedSink}. */
export type DatabaseFeedSinkOptions<T> = {
  feed: string;
  /** Random id of this replica. */
  holder: string;
  /** What the items of a source count as on the sources page. */
  itemsOf: 'cluster' | 'scanner' | 'enforcer' | 'checks' | 'contents';
  store: SourceStore<T>;
  leases: LeaseStore;
  health: SourceHealthStore;
  uidOf: (item: T) => string;
  /**
   * What was pushed about a source, while this replica follows it: until the signal aborts.
   *
   * @defaultValue nothing ever is
   */
  hintsOf?: (source: string, signal: AbortSignal) => SourceHints;
  logger: Pick<LoggerService, 'warn' | 'debug'>;
  /** Called when something was written that differs from before. */
  onChanged: () => void;
  timeToLiveMs?: number;
  heartbeatIntervalMs?: number;
  restartPauseMs?: number;
};

/** Hands what one feed finds to the database, one replica at a time for each source. */
export class DatabaseFeedSink<T> implements FeedSink<T> {
  readonly #options: DatabaseFeedSinkOptions<T>;
  #names: string[] | undefined;
  /** Whether the list the names are of cannot be read any more. */
  #listFails = false;

  static create<T>(options: DatabaseFeedSinkOptions<T>): DatabaseFeedSink<T> {
    return new DatabaseFeedSink(options);
  }

  private constructor(options: DatabaseFeedSinkOptions<T>) {
    this.#options = options;
  }

  async setSources(names: string[]): Promise<void> {
    this.#names = [...names];
    await this.dropOtherSources();
  }

  /**
   * Removes what belongs to no source. Called from time to time as well: a replica with an older configuration
   * may have written some after the list changed.
   */
  async dropOtherSources(): Promise<void> {
    const { feed, store, health, onChanged } = this.#options;
    const names = this.#names;
    if (!names) {
      return;
    }
    for (const source of await store.sources(feed)) {
      if (!names.includes(source)) {
        await store.dropSource(feed, source);
        onChanged();
      }
    }
    const reported = this.#listFails ? [...names, CLUSTER_LIST] : names;
    await health.keepOnly({
      feed,
      names: reported,
      listName: CLUSTER_LIST,
    });
  }

  async report(report: SourceReport): Promise<void> {
    if (report.name === CLUSTER_LIST) {
      this.#listFails = report.state !== 'ok';
    }
    await this.#options.health.report(this.#options.feed, report);
  }

  async whileHolding(
    options: { source: string; signal: AbortSignal },
    work: (held: HeldSource<T>) => Promise<void>,
  ): Promise<void> {
    const { source, signal } = options;
    const hints = this.#options.hintsOf?.(source, signal) ?? NO_HINTS;
    const restartPauseMs = this.#options.restartPauseMs ?? RESTART_PAUSE_MS;
    const intervalMs =
      this.#options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS;
    while (!signal.aborted) {
      const lease = await this.#acquire(source);
      if (lease) {
        await this.#work({ lease, signal, hints, work });
      }
      await pause(jittered(lease ? restartPauseMs : intervalMs, 0.3), signal);
    }
  }

  async #acquire(source: string): Promise<SourceLease | undefined> {
    const { feed, holder, leases, logger, timeToLiveMs } = this.#options;
    try {
      return await leases.acquire({
        feed,
        source,
        holder,
        timeToLiveMs: timeToLiveMs ?? LEASE_TIME_TO_LIVE_MS,
      });
    } catch (error) {
      logger.warn(`No lease for source '${source}' of '${feed}': ${error}`);
      return undefined;
    }
  }

  async #work(options: {
    lease: SourceLease;
    signal: AbortSignal;
    hints: SourceHints;
    work: (held: HeldSource<T>) => Promise<void>;
  }): Promise<void> {
    const { lease, signal, hints, work } = options;
    const { feed, health, leases, logger, timeToLiveMs, heartbeatIntervalMs } =
      this.#options;
    const writer = this.#writerOf(lease);
    const report = (said: SourceReport) => health.report(feed, said, lease);
    try {
      await holdLease(
        { leases, lease, signal, logger, timeToLiveMs, heartbeatIntervalMs },
        held => work({ writer, signal: held, hints, report }),
      );
    } catch (error) {
      logger.warn(
        `Reading source '${lease.source}' of '${lease.feed}' ended: ${error}`,
      );
    }
    try {
      await leases.release(lease);
    } catch (error) {
      // It expires by itself.
      logger.debug(`Lease of '${lease.source}' not released: ${error}`);
    }
  }

  #writerOf(lease: SourceLease): SourceWriter<T> {
    const { store, health, uidOf, onChanged, itemsOf } = this.#options;
    return new FencedWriter({
      store,
      lease,
      uidOf,
      onChanged,
      onSynced: items =>
        health.setItems({ kind: itemsOf, name: lease.source, items }),
    });
  }
}
