import {
  EvidenceFeed,
  EvidenceFeedOptions,
  FeedSink,
  ObservedReport,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  sleep,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import { ClairClient } from './ClairClient';
import { CLAIR_FEED_ID } from './clairReports';
import { ClairRounds } from './ClairRounds';
import { ClairSettings } from './ClairSettings';

/** Clair is one source, wherever its parts are. Sources of other scanners are named as their clusters, which have no spaces. */
const SOURCE = 'Clair v4';

/**
 * Options of {@link ClairFeed.create}.
 *
 * @public
 */
export type ClairFeedOptions = {
  settings: ClairSettings;
  client: ClairClient;
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
    sink: FeedSink<ObservedReport>,
    { signal, contents }: EvidenceFeedOptions,
  ): Promise<void> {
    const clock = this.#clock;
    await sink.setSources([SOURCE]);
    await sink.whileHolding({ source: SOURCE, signal }, async held => {
      await sink.report({ kind: 'scanner', name: SOURCE, state: 'starting' });
      const rounds = await ClairRounds.create({
        ...this.#options,
        ...held,
        contents,
        clock,
        report: health =>
          sink.report({ kind: 'scanner', name: SOURCE, ...health }),
      });
      while (!held.signal.aborted) {
        const delayMs = await rounds.run();
        await sleep({ clock, delayMs, signal: held.signal });
      }
    });
  }
}
