import { setImmediate } from 'node:timers/promises';

/**
 * Runs tasks one after another, with a breath between them in which everything else goes on. A verification takes
 * milliseconds of the one thread there is; a dozen answers of a registry that arrive together would hold up a page for
 * all of them.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** What the task gives, when its turn came. */
  async take<T>(task: () => T): Promise<T> {
    const turn = this.#last.then(() => setImmediate()).then(task);
    // A task that throws must not end the turns of others; its caller gets the error.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
