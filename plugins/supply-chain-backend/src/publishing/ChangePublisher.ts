import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { VerdictChange } from '../stores/VerdictStore';

/** Topic of events about verdicts. */
export const VERDICT_TOPIC = 'supply-chain.verdict';

/** Channel of signals to open pages. */
export const SIGNAL_CHANNEL = 'supply-chain';

/** At most one signal in this time, however much changes (L33). */
const SIGNAL_INTERVAL_MS = 1_000;

/** Options of {@link ChangePublisher}. */
export type ChangePublisherOptions = {
  events: EventsService;
  signals: SignalsService;
  logger: Pick<LoggerService, 'warn'>;
  signalIntervalMs?: number;
};

/**
 * Tells others what changed: open pages that something did, and no more (L33: they ask again with their own rights);
 * other plugins which verdicts did.
 */
export class ChangePublisher {
  readonly #options: ChangePublisherOptions;
  #timer: NodeJS.Timeout | undefined;
  #pending = false;

  static create(options: ChangePublisherOptions): ChangePublisher {
    return new ChangePublisher(options);
  }

  private constructor(options: ChangePublisherOptions) {
    this.#options = options;
  }

  /** Something that pages show has changed. */
  somethingChanged(): void {
    if (this.#timer) {
      this.#pending = true;
      return;
    }
    const { signalIntervalMs = SIGNAL_INTERVAL_MS } = this.#options;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pending) {
        this.#pending = false;
        this.somethingChanged();
      }
    }, signalIntervalMs);
    this.#timer.unref();
    this.#signal();
  }

  /** Verdicts changed their outcome. */
  async verdictsChanged(changes: VerdictChange[]): Promise<void> {
    const { events, logger } = this.#options;
    for (const change of changes) {
      try {
        await events.publish({ topic: VERDICT_TOPIC, eventPayload: change });
      } catch (error) {
        logger.warn(`An event about a verdict was not published: ${error}`);
      }
    }
  }

  /** Publishes nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #signal(): void {
    const { signals, logger } = this.#options;
    signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: SIGNAL_CHANNEL,
        message: { type: 'changed' },
      })
      // Pages that hear nothing ask from time to time anyway.
      .catch(error => logger.warn(`A signal was not published: ${error}`));
  }
}
