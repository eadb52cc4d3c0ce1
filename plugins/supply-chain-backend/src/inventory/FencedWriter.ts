import { ResumePoint, SourceWriter } from 'backstage-plugin-supply-chain-node';
import { SourceLease, SourceStore } from '../stores/SourceStore';

/** Options of {@link FencedWriter}. */
export type FencedWriterOptions<T> = {
  store: SourceStore<T>;
  lease: SourceLease;
  uidOf: (item: T) => string;
  onChanged: () => void;
  /** Called at the end of a full sync with the number of items the source holds. */
  onSynced: (items: number) => Promise<void>;
};

/**
 * Writes of one holder of one source. What was seen in a full sync is kept in memory: the sync lives no longer
 * than its holder, and the next one starts over.
 */
export class FencedWriter<T> implements SourceWriter<T> {
  readonly #options: FencedWriterOptions<T>;
  #seen: Set<string> | undefined;

  constructor(options: FencedWriterOptions<T>) {
    this.#options = options;
  }

  async resumePoint(): Promise<ResumePoint | undefined> {
    return this.#options.store.resumePoint(this.#options.lease);
  }

  async beginFullSync(): Promise<void> {
    this.#seen = new Set();
  }

  async upsert(items: T[]): Promise<void> {
    const { store, lease, uidOf } = this.#options;
    items.forEach(item => this.#seen?.add(uidOf(item)));
    if (items.length > 0) {
      this.#notify(await store.upsert(lease, items));
    }
  }

  async remove(uids: string[]): Promise<void> {
    const { store, lease } = this.#options;
    uids.forEach(uid => this.#seen?.delete(uid));
    if (uids.length > 0) {
      this.#notify(await store.remove(lease, uids));
    }
  }

  async touch(uids: string[]): Promise<void> {
    uids.forEach(uid => this.#seen?.add(uid));
  }

  async knownVersions(): Promise<Map<string, string>> {
    return this.#options.store.knownVersions(this.#options.lease);
  }

  async completeFullSync(resumePoint: ResumePoint): Promise<void> {
    const seen = this.#seen;
    if (!seen) {
      throw new Error('Expected `beginFullSync` before `completeFullSync`');
    }
    const known = await this.knownVersions();
    await this.remove([...known.keys()].filter(uid => !seen.has(uid)));
    await this.saveResumePoint(resumePoint);
    this.#seen = undefined;
    await this.#options.onSynced(seen.size);
  }

  async saveResumePoint(resumePoint: ResumePoint): Promise<void> {
    await this.#options.store.saveResumePoint(this.#options.lease, resumePoint);
  }

  #notify(changed: boolean): void {
    if (changed) {
      this.#options.onChanged();
    }
  }
}
