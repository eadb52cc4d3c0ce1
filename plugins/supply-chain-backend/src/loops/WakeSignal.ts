import { pause } from './pause';

/**
 * Lets one part of the backend wake a loop of another at once. It carries nothing: the work is in the database,
 * and a loop that misses a call finds it at its next turn.
 */
export class WakeSignal {
  #pending = false;
  #controller = new AbortController();

  /** Ends the current or next wait. */
  wake(): void {
    this.#pending = true;
    this.#controller.abort();
  }

  /** Waits until woken, until the time is over, or until the signal aborts. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#pending) {
      await pause(
        milliseconds,
        AbortSignal.any([signal, this.#controller.signal]),
      );
    }
    this.#pending = false;
    this.#controller = new AbortController();
  }
}
