import type { CollectorState } from '../verify/collecting';

/** Forgets everything at the end of the run. */
export class MemoryState implements CollectorState {
  readonly #values = new Map<string, string>();

  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
  }
}
