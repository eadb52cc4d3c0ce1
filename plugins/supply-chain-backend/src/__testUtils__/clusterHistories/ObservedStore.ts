import { compareResourceVersions } from 'backstage-plugin-supply-chain-common';
import { ResumePoint } from 'backstage-plugin-supply-chain-node';
import { SourceLease, SourceStore } from '../../stores/SourceStore';

/** What {@link ObservedStore} judges writes by. */
export type Truth = {
  /** Keys of what exists in the cluster now and has to be stored. */
  living: () => ReadonlySet<string>;
  /** True while the feed may rightly forget what exists. */
  mayForget: () => boolean;
  onViolation: (message: string) => void;
};

type Stored = { uid: string; resourceVersion: string };

/**
 * The real store, with two laws that hold at every write: nothing that exists is removed, and nothing older replaces
 * what is newer.
 */
export class ObservedStore<T extends Stored> implements SourceStore<T> {
  readonly #store: SourceStore<T>;
  readonly #truth: Truth;
  /** Shared by all replicas: the version of each row. */
  readonly #versions: Map<string, string>;

  constructor(options: {
    store: SourceStore<T>;
    truth: Truth;
    versions: Map<string, string>;
  }) {
    this.#store = options.store;
    this.#truth = options.truth;
    this.#versions = options.versions;
  }

  async upsert(lease: SourceLease, items: T[]): Promise<boolean> {
    const changed = await this.#store.upsert(lease, items);
    for (const { uid, resourceVersion } of items) {
      const before = this.#versions.get(uid);
      if (before && compareResourceVersions(resourceVersion, before) === -1) {
        this.#truth.onViolation(
          `${uid}: version ${resourceVersion} written over ${before}`,
        );
      }
      this.#versions.set(uid, resourceVersion);
    }
    return changed;
  }

  async remove(lease: SourceLease, uids: string[]): Promise<boolean> {
    const changed = await this.#store.remove(lease, uids);
    const living = this.#truth.living();
    for (const uid of uids) {
      const lost = this.#versions.delete(uid) && living.has(uid);
      if (lost && !this.#truth.mayForget()) {
        this.#truth.onViolation(`${uid}: removed although it exists`);
      }
    }
    return changed;
  }

  resumePoint(lease: SourceLease): Promise<ResumePoint | undefined> {
    return this.#store.resumePoint(lease);
  }

  saveResumePoint(lease: SourceLease, point: ResumePoint): Promise<void> {
    return this.#store.saveResumePoint(lease, point);
  }

  knownVersions(lease: SourceLease): Promise<Map<string, string>> {
    return this.#store.knownVersions(lease);
  }

  sources(feed: string): Promise<string[]> {
    return this.#store.sources(feed);
  }

  dropSource(feed: string, source: string): Promise<void> {
    return this.#store.dropSource(feed, source);
  }
}
