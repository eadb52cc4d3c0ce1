/** Bounds how many looks are under way and how many wait; what exceeds both is refused at once. */
export class LookQueue {
  readonly #limits: { running: number; waiting: number };
  readonly #waiting: Array<() => void> = [];
  #running = 0;

  static create(limits: { running: number; waiting: number }): LookQueue {
    return new LookQueue(limits);
  }

  private constructor(limits: { running: number; waiting: number }) {
    this.#limits = limits;
  }

  /** Looks under way. */
  get running(): number {
    return this.#running;
  }

  /** Looks that wait for one of those to end. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs a task in its turn; `undefined` when there is no room for it. */
  run<T>(task: () => Promise<T>): Promise<T> | undefined {
    if (this.#running < this.#limits.running) {
      return this.#start(task);
    }
    if (this.#waiting.length >= this.#limits.waiting) {
      return undefined;
    }
    return new Promise<void>(resolve => this.#waiting.push(resolve)).then(() =>
      this.#start(task),
    );
  }

  async #start<T>(task: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
