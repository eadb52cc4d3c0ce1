import { ResumePoint } from '../feeds';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ReflectorTarget } from './ReflectorTarget';

/**
 * What happened to a value of an {@link ObjectIndex}.
 *
 * @public
 */
export type IndexChange = 'added' | 'changed';

/** Values of removed keys that are remembered; what is older may come back as if it was new. */
const MAX_REMOVED = 10_000;

/**
 * Keeps a small part of every object in memory, by a key of the caller's choice.
 *
 * @public
 */
export class ObjectIndex<V> implements ReflectorTarget {
  readonly #keyOf: (object: KubernetesObject) => string;
  readonly #valueOf: (object: KubernetesObject) => V;
  readonly #onChange: (key: string, change: IndexChange) => void;
  readonly #entries = new Map<string, { value: V; seen: number }>();
  readonly #keys = new Map<string, string>();
  /** What was there last: one that comes back as another one has changed for whoever was told before. */
  readonly #removed = new Map<string, V>();
  #sync = 0;

  constructor(options: {
    keyOf: (object: KubernetesObject) => string;
    valueOf: (object: KubernetesObject) => V;
    /** Called after a value was added or became another one. */
    onChange?: (key: string, change: IndexChange) => void;
  }) {
    this.#keyOf = options.keyOf;
    this.#valueOf = options.valueOf;
    this.#onChange = options.onChange ?? (() => undefined);
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  async upsert(objects: KubernetesObject[]): Promise<void> {
    for (const object of objects) {
      const key = this.#keyOf(object);
      const value = this.#valueOf(object);
      const known = this.#entries.get(key);
      const before = known ? known.value : this.#removed.get(key);
      this.#removed.delete(key);
      this.#keys.set(object.metadata.uid, key);
      this.#entries.set(key, { value, seen: this.#sync });
      if (
        before !== undefined &&
        JSON.stringify(before) !== JSON.stringify(value)
      ) {
        this.#onChange(key, 'changed');
      } else if (!known) {
        this.#onChange(key, 'added');
      }
    }
  }

  async remove(uids: string[]): Promise<void> {
    for (const uid of uids) {
      const key = this.#keys.get(uid);
      if (key !== undefined) {
        this.#forget(uid, key);
      }
    }
  }

  async touch(uids: string[]): Promise<void> {
    for (const uid of uids) {
      const entry = this.#entries.get(this.#keys.get(uid) ?? '');
      if (entry) {
        entry.seen = this.#sync;
      }
    }
  }

  /** Nothing survives a restart, so every start lists. */
  async resumePoint(): Promise<ResumePoint | undefined> {
    return undefined;
  }

  async knownVersions(): Promise<Map<string, string>> {
    return new Map();
  }

  async beginFullSync(): Promise<void> {
    this.#sync += 1;
  }

  async completeFullSync(): Promise<void> {
    for (const [uid, key] of this.#keys) {
      if (this.#entries.get(key)?.seen !== this.#sync) {
        this.#forget(uid, key);
      }
    }
  }

  #forget(uid: string, key: string): void {
    const entry = this.#entries.get(key);
    this.#keys.delete(uid);
    this.#entries.delete(key);
    if (entry) {
      this.#removed.set(key, entry.value);
      if (this.#removed.size > MAX_REMOVED) {
        // A map keeps the order of insertion, so the first key is the oldest.
        this.#removed.delete(this.#removed.keys().next().value!);
      }
    }
  }

  async saveResumePoint(): Promise<void> {
    // Kept by nobody: see resumePoint().
  }
}
