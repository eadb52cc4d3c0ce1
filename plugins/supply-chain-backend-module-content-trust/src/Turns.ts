/** Lets one task at a time run for each key. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the task after those before it have ended, or at once when the caller no longer wants to wait. */
  async take<T>(
    key: string,
    signal: AbortSignal,
    task: () => Promise<T>,
  ): Promise<T> {
    const before = this.#last.get(key);
    const own = waitFor(before, signal).then(task);
    const turn = Promise.allSettled([before, own]);
    this.#last.set(key, turn);
    try {
      return await own;
    } finally {
      void turn.then(() => {
        if (this.#last.get(key) === turn) {
          this.#last.delete(key);
        }
      });
    }
  }
}

async function waitFor(
  before: Promise<unknown> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (!before || signal.aborted) {
    return;
  }
  const ended = new AbortController();
  await Promise.race([
    before,
    new Promise<void>(resolve => {
      const options = { once: true, signal: ended.signal };
      signal.addEventListener('abort', () => resolve(), options);
    }),
  ]);
  ended.abort();
}
