import { ResumePoint, SourceReport } from 'backstage-plugin-supply-chain-node';

/** The right to write what one source says. */
export type SourceLease = {
  feed: string;
  source: string;
  holder: string;
  fence: number;
};

/** Who may write what a source says: one holder at a time, by the clock of the database (L26). */
export interface LeaseStore {
  /** Takes the lease when nobody holds it. */
  acquire(options: {
    feed: string;
    source: string;
    holder: string;
    timeToLiveMs: number;
  }): Promise<SourceLease | undefined>;
  /** Extends the lease; false when it is lost. */
  renew(lease: SourceLease, timeToLiveMs: number): Promise<boolean>;
  release(lease: SourceLease): Promise<void>;
}

/**
 * What a feed's sources hold. Every method with a lease throws a `ConflictError` and changes nothing when the
 * lease is lost; those that write say whether anything changed.
 */
export interface SourceStore<T> {
  resumePoint(lease: SourceLease): Promise<ResumePoint | undefined>;
  saveResumePoint(lease: SourceLease, point: ResumePoint): Promise<void>;
  knownVersions(lease: SourceLease): Promise<Map<string, string>>;
  upsert(lease: SourceLease, items: T[]): Promise<boolean>;
  remove(lease: SourceLease, uids: string[]): Promise<boolean>;
  /** The sources anything is stored of. */
  sources(feed: string): Promise<string[]>;
  /** Removes everything of a source that is gone and takes its lease away. */
  dropSource(feed: string, source: string): Promise<void>;
}

/** Where the health of sources is kept. */
export interface SourceHealthStore {
  /**
   * @param lease - Of who says so; the report is refused with a `ConflictError` when it is lost.
   */
  report(
    feed: string,
    report: SourceReport,
    lease?: SourceLease,
  ): Promise<void>;
  setItems(options: {
    kind: string;
    name: string;
    items: number;
  }): Promise<void>;
  /**
   * Removes the health of sources that are gone.
   *
   * @param options - `listName`: under which it is said that the list of the names cannot be read; kept while it is new.
   */
  keepOnly(options: {
    feed: string;
    names: string[];
    listName?: string;
  }): Promise<void>;
}
