import { LoggerService } from '@backstage/backend-plugin-api';
import { PolicySet } from 'backstage-plugin-supply-chain-common';
import { WaiverWarningStore } from '../stores/WaiverStore';
import {
  WARN_AHEAD_MS,
  WARN_BEHIND_MS,
  waiverWarningOf,
} from './waiverWarnings';

/** Options of {@link WaiverWatch}. */
export type WaiverWatchOptions = {
  store: WaiverWarningStore;
  /** Waits until policies have been read for the first time. */
  policySet: () => Promise<PolicySet>;
  logger: Pick<LoggerService, 'warn'>;
  /** Called when there are notifications to send. */
  onWarned: () => void;
  now: () => Date;
};

/** Warns of waivers that end, those in version control and those of the page. */
export class WaiverWatch {
  readonly #options: WaiverWatchOptions;

  static create(options: WaiverWatchOptions): WaiverWatch {
    return new WaiverWatch(options);
  }

  private constructor(options: WaiverWatchOptions) {
    this.#options = options;
  }

  /** Looks once for ends that somebody should hear of. */
  async look(): Promise<void> {
    const { store, policySet, logger, onWarned, now: clock } = this.#options;
    try {
      const now = clock();
      const { waivers } = await policySet();
      const ofPage = await store.endingBetween({
        from: new Date(now.getTime() - WARN_BEHIND_MS),
        until: new Date(now.getTime() + WARN_AHEAD_MS),
      });
      const warnings = [...waivers, ...ofPage].flatMap(
        waiver => waiverWarningOf(waiver, now) ?? [],
      );
      if ((await store.warn({ warnings, now })) > 0) {
        onWarned();
      }
    } catch (error) {
      logger.warn(`Waivers that end cannot be looked for: ${error}`);
    }
  }
}
