import { ResumePoint } from '../feeds';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ReflectorTarget } from './ReflectorTarget';

/**
 * What happened to a value of an {@link ObjectIndex}.
 *
 * @public
 */
export type IndexChange = 'added' | 'changed';

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
      const before = this.#entries.get(key);
      this.#keys.set(object.metadata.uid, key);
      this.#entries.set(key, { value, seen: this.#sync });
      if (!before) {
        this.#onChange(key, 'added');
      } else if (JSON.stringify(before.value) !== JSON.stringify(value)) {
        this.#onChange(key, 'changed');
      }
    }
  }

  async remove(uids: string[]): Promise<void> {
    for (const uid of uids) {
      const key = this.#keys.get(uid);
      if (key !== undefined) {
        this.#keys.delete(uid);
        this.#entries.delete(key);
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
        this.#keys.delete(uid);
        this.#entries.delete(key);
      }
    }
  }

  async saveResumePoint(): Promise<void> {
    // Kept by nobody: see resumePoint().
  }
}
