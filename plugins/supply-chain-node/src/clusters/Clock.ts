/**
 * Time and chance, passed in so that tests decide both.
 *
 * @public
 */
export interface Clock {
  now(): Date;
  /** At least 0 and less than 1. */
  random(): number;
  /** Calls back once after the delay; the returned function calls it off. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/**
 * The machine's own time and chance.
 *
 * @public
 */
export const systemClock: Clock = {
  now: () => new Date(),
  random: () => Math.random(),
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Waits; an abort ends the wait early and without an error.
 *
 * @public
 */
export function sleep(options: {
  clock: Clock;
  delayMs: number;
  signal: AbortSignal;
}): Promise<void> {
  const { clock, delayMs, signal } = options;
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
      return;
    }
    let cancel: () => void = () => undefined;
    const done = () => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    cancel = clock.setTimer(done, delayMs);
    signal.addEventListener('abort', done);
  });
}

/**
 * Between 75 % and 125 % of the delay, so that many replicas and clusters do not act in step.
 *
 * @public
 */
export function jitter(clock: Clock, delayMs: number): number {
  return Math.round(delayMs * (0.75 + clock.random() / 2));
}

/**
 * Growing pauses between tries: 1 s, 2 s, 4 s … 60 s by default, each with jitter.
 *
 * @public
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #firstMs: number;
  readonly #maxMs: number;
  #tries = 0;

  constructor(options: { clock: Clock; firstMs?: number; maxMs?: number }) {
    this.#clock = options.clock;
    this.#firstMs = options.firstMs ?? 1_000;
    this.#maxMs = options.maxMs ?? 60_000;
  }

  nextMs(): number {
    const plain = Math.min(this.#firstMs * 2 ** this.#tries, this.#maxMs);
    this.#tries += 1;
    return jitter(this.#clock, plain);
  }

  reset(): void {
    this.#tries = 0;
  }
}
