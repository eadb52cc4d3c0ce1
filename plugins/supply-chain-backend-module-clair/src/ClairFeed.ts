import {
  EvidenceFeed,
  EvidenceFeedOptions,
  FeedSink,
  HeldSource,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  linkedAbort,
  sleep,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import { ClairClient } from './ClairClient';
import { CLAIR_FEED_ID, ClairItem } from './clairReports';
import { ClairRounds } from './ClairRounds';
import { ClairSettings } from './ClairSettings';
import { ClairNotifier } from './notifier/ClairNotifier';
import { FollowedNotifications } from './notifier/FollowedNotifications';

/** Clair is one source, wherever its parts are. Sources of other scanners are named as their clusters, which have no spaces. */
export const CLAIR_SOURCE = 'Clair v4';

/**
 * Options of {@link ClairFeed.create}.
 *
 * @public
 */
export type ClairFeedOptions = {
  settings: ClairSettings;
  client: ClairClient;
  /** Where notifications are read; absent: none are. */
  notifier?: ClairNotifier;
  /** @defaultValue the machine's */
  clock?: Clock;
};

/**
 * Has Clair scan everything that runs. It is a feed and no collector: indexing takes minutes, findings belong to content
 * and not to the place of an image (L2), and an index has a scan for each platform that runs.
 *
 * @public
 */
export class ClairFeed implements EvidenceFeed {
  readonly id = CLAIR_FEED_ID;
  readonly #options: ClairFeedOptions;
  readonly #clock: Clock;

  /** Creates a feed that asks this client. */
  static create(options: ClairFeedOptions): ClairFeed {
    return new ClairFeed(options);
  }

  private constructor(options: ClairFeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  async run(
    sink: FeedSink<ClairItem>,
    { signal, contents }: EvidenceFeedOptions,
  ): Promise<void> {
    const clock = this.#clock;
    const source = {
      kind: 'scanner',
      name: CLAIR_SOURCE,
      ofNoCluster: true,
    } as const;
    await sink.setSources([CLAIR_SOURCE]);
    await sink.whileHolding({ source: CLAIR_SOURCE, signal }, async held => {
      await held.report({ ...source, state: 'starting' });
      const rounds = await ClairRounds.create({
        ...this.#options,
        ...held,
        contents,
        clock,
        report: health => held.report({ ...source, ...health }),
      });
      await this.#follow(held, rounds);
    });
  }

  /** Round after round; a notification ends the pause between two. */
  async #follow(
    { signal, hints }: HeldSource<ClairItem>,
    rounds: ClairRounds,
  ): Promise<void> {
    const { notifier } = this.#options;
    const notifications =
      notifier && new FollowedNotifications({ notifier, rounds });
    let pushed: Promise<string[]> | undefined;
    while (!signal.aborted) {
      const delayMs = await rounds.run();
      await notifications?.settle(signal);
      pushed ??= notifications && hints.take(signal);
      const ids = await this.#pause(delayMs, signal, pushed);
      if (ids) {
        pushed = undefined;
        await notifications?.take(ids, signal);
      }
    }
  }

  /** Waits for as long, or until something was pushed. */
  async #pause(
    delayMs: number,
    signal: AbortSignal,
    pushed: Promise<string[]> | undefined,
  ): Promise<string[] | undefined> {
    const { controller, unlink } = linkedAbort(signal);
    let ids: string[] | undefined;
    const woken = pushed?.then(taken => {
      ids = taken;
      controller.abort();
    });
    const over = sleep({
      clock: this.#clock,
      delayMs,
      signal: controller.signal,
    });
    await Promise.race([over, ...(woken ? [woken] : [])]);
    await over;
    unlink();
    return ids;
  }
}
