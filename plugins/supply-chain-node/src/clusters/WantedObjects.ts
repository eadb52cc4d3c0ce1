import { ObjectName } from './ObjectReads';

/**
 * Single objects that are to be read once more.
 *
 * @internal
 */
export class WantedObjects {
  readonly #objects = new Map<string, ObjectName>();
  #isNew = false;
  #hasFailed = false;
  #wake: () => void = () => undefined;

  get size(): number {
    return this.#objects.size;
  }

  add(objects: Iterable<ObjectName>): void {
    for (const object of objects) {
      this.#objects.set(object.uid, object);
    }
    this.#isNew = true;
    this.#wake();
  }

  clear(): void {
    this.#objects.clear();
  }

  /**
   * Reads those that can be read now; the others wait on, and so do those whose read was stopped. After a first failure
   * they are tried once more; after a second in a row they are given up, and only a full list shows them.
   */
  async read(options: {
    isReadable: (object: ObjectName) => boolean;
    read: (objects: ObjectName[]) => Promise<void>;
    signal: AbortSignal;
    onFailure: (isGivenUp: boolean) => void;
  }): Promise<void> {
    const { isReadable, read, signal, onFailure } = options;
    const objects = this.#take(isReadable);
    try {
      await read(objects);
      this.#hasFailed = false;
    } catch (error) {
      if (signal.aborted) {
        this.add(objects);
      } else {
        const isGivenUp = this.#hasFailed;
        this.#hasFailed = !isGivenUp;
        this.add(isGivenUp ? [] : objects);
        onFailure(isGivenUp);
      }
      throw error;
    }
  }

  /** Resolves when more are wanted than there were at the last read, or `signal` aborts. */
  async more(signal: AbortSignal): Promise<void> {
    if (this.#isNew || signal.aborted) {
      return;
    }
    await new Promise<void>(resolve => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done);
    });
  }

  #take(isReadable: (object: ObjectName) => boolean): ObjectName[] {
    this.#isNew = false;
    const taken = [...this.#objects.values()].filter(isReadable);
    taken.forEach(({ uid }) => this.#objects.delete(uid));
    return taken;
  }
}
