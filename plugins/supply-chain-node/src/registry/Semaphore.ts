/** Lets a fixed number of tasks run at once, the others wait in order. */
export class Semaphore {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  /** Runs the task when there is room; rejects with the signal's reason when aborted while waiting. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#acquire(signal);
    try {
      return await task();
    } finally {
      this.#release();
    }
  }

  async #acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const place = {
        enter: () => {
          signal?.removeEventListener('abort', place.leave);
          resolve();
        },
        leave: () => {
          this.#waiting.splice(this.#waiting.indexOf(place.enter), 1);
          reject(signal?.reason);
        },
      };
      signal?.addEventListener('abort', place.leave, { once: true });
      this.#waiting.push(place.enter);
    });
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) {
      // The permit passes on directly, so nobody can slip in between.
      next();
    } else {
      this.#free += 1;
    }
  }
}
