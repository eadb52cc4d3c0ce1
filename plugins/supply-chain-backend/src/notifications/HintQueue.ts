import { LoggerService } from '@backstage/backend-plugin-api';
import { ReceivedHint, SourceHints } from 'backstage-plugin-supply-chain-node';
import { pause } from '../loops/pause';
import { WakeSignal } from '../loops/WakeSignal';
import { HintedSource, HintStore } from '../stores/HintStore';

/** More hints of one source than this, before they are stored, are one for everything. */
const PENDING_PER_SOURCE = 200;
/** Hints are put together for this long, so that a flood is one write. */
const COLLECT_MS = 250;
/** What another replica stored is looked for this often. */
const POLL_INTERVAL_MS = 2_000;
/** Waits of feeds end by being woken. */
const LONG_MS = 24 * 60 * 60_000;

/** Options of {@link HintQueue}. */
export type HintQueueOptions = {
  store: HintStore;
  logger: Pick<LoggerService, 'warn'>;
  /** Whether anything can be pushed at all; else nothing is ever asked. */
  isUsed: boolean;
  collectMs?: number;
  pollIntervalMs?: number;
};

type Pending = HintedSource & { hints: Set<string> };

/**
 * Takes hints from requests to the replica that holds their source: collected in memory, stored, and taken by the holder,
 * wherever it runs. What is lost with a replica is found by the ordinary rounds.
 */
export class HintQueue {
  readonly #options: HintQueueOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #waiting = new Map<string, WakeSignal>();
  readonly #wake = new WakeSignal();

  static create(options: HintQueueOptions): HintQueue {
    return new HintQueue(options);
  }

  private constructor(options: HintQueueOptions) {
    this.#options = options;
  }

  /** Whether this replica follows the source, or waits for its turn to. */
  follows(source: HintedSource): boolean {
    return this.#waiting.has(keyOf(source));
  }

  /** Remembers hints and returns at once. */
  put(hints: ReceivedHint[]): void {
    for (const { feed, source, hint } of hints) {
      const key = keyOf({ feed, source });
      const pending = this.#pending.get(key) ?? {
        feed,
        source,
        hints: new Set(),
      };
      pending.hints.add(hint);
      if (pending.hints.size > PENDING_PER_SOURCE) {
        pending.hints = new Set(['']);
      }
      this.#pending.set(key, pending);
    }
    this.#wake.wake();
  }

  /** The hints of one source, for as long as its feed follows it: until `signal` aborts. */
  hintsOf(source: HintedSource, signal: AbortSignal): SourceHints {
    const wake = this.#waiting.get(keyOf(source)) ?? new WakeSignal();
    this.#waiting.set(keyOf(source), wake);
    signal.addEventListener(
      'abort',
      () => this.#waiting.delete(keyOf(source)),
      { once: true },
    );
    return { take: stop => this.#take(source, wake, stop) };
  }

  /** Stores what was put, and wakes whoever may take what is stored. */
  async run(signal: AbortSignal): Promise<void> {
    if (!this.#options.isUsed) {
      return;
    }
    const { collectMs = COLLECT_MS, pollIntervalMs = POLL_INTERVAL_MS } =
      this.#options;
    while (!signal.aborted) {
      await this.#wake.wait(pollIntervalMs, signal);
      if (this.#pending.size > 0) {
        await pause(collectMs, signal);
      }
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    const { store, logger } = this.#options;
    const hints = [...this.#pending.values()].flatMap(pending =>
      [...pending.hints].map(hint => ({ ...pending, hint })),
    );
    this.#pending.clear();
    try {
      if (hints.length > 0) {
        await store.put(hints);
      }
      for (const source of await store.sources()) {
        this.#waiting.get(keyOf(source))?.wake();
      }
    } catch (error) {
      logger.warn(
        `Notifications were lost, and are made up for by the next round: ${error}`,
      );
    }
  }

  async #take(
    source: HintedSource,
    wake: WakeSignal,
    signal: AbortSignal,
  ): Promise<string[]> {
    while (!signal.aborted) {
      const hints = await this.#tryTake(source);
      if (hints.length > 0) {
        return hints;
      }
      await wake.wait(LONG_MS, signal);
    }
    return [];
  }

  async #tryTake(source: HintedSource): Promise<string[]> {
    const { store, logger, isUsed } = this.#options;
    if (!isUsed) {
      return [];
    }
    try {
      return await store.take(source);
    } catch (error) {
      logger.warn(
        `Notifications about '${source.source}' cannot be read: ${error}`,
      );
      return [];
    }
  }
}

function keyOf({ feed, source }: HintedSource): string {
  return JSON.stringify([feed, source]);
}
