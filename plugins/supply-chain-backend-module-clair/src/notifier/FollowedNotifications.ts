import { Digest } from 'backstage-plugin-supply-chain-common';
import { ClairRounds } from '../ClairRounds';
import { ClairNotifier } from './ClairNotifier';

/** More at once than Clair ever sends; the rest is read by the ordinary rounds. */
const NOTIFICATIONS_MAX = 100;

/**
 * Notifications on their way: their manifests are read sooner, and Clair is told once they were. One that cannot be read
 * is left to the ordinary rounds, which would have come to the same.
 */
export class FollowedNotifications {
  readonly #notifier: ClairNotifier;
  readonly #rounds: Pick<ClairRounds, 'readSoon' | 'isWaitedFor'>;
  readonly #open = new Map<string, Set<Digest>>();

  constructor(options: {
    notifier: ClairNotifier;
    rounds: Pick<ClairRounds, 'readSoon' | 'isWaitedFor'>;
  }) {
    this.#notifier = options.notifier;
    this.#rounds = options.rounds;
  }

  /** Has what these notifications are about read in the next rounds. */
  async take(ids: string[], signal: AbortSignal): Promise<void> {
    // Too many to be remembered became an empty one.
    for (const id of ids.filter(Boolean)) {
      if (signal.aborted || this.#open.size >= NOTIFICATIONS_MAX) {
        return;
      }
      const manifests = await this.#notifier.readManifests(id, signal);
      if (manifests.ok) {
        this.#rounds.readSoon(manifests.value);
        this.#open.set(id, manifests.value);
      }
    }
  }

  /** Tells Clair of those whose manifests were all read. Whether it hears that changes nothing here. */
  async settle(signal: AbortSignal): Promise<void> {
    for (const [id, manifests] of this.#open) {
      const isWaiting = [...manifests].some(digest =>
        this.#rounds.isWaitedFor(digest),
      );
      if (!isWaiting && !signal.aborted) {
        this.#open.delete(id);
        await this.#notifier.remove(id, signal);
      }
    }
  }
}
