import { ReasonCode } from 'backstage-plugin-supply-chain-common';
import { SourceHints } from './NotificationReceiver';

/**
 * Kinds of things this product reads from; the sources page has one row for each.
 *
 * @public
 */
export type SourceKind =
  | 'cluster'
  | 'registry'
  | 'scanner'
  | 'enforcer'
  | 'checks'
  | 'contents'
  | 'policyFile'
  | 'trustRoot'
  | 'exploitData'
  | 'catalog';

/**
 * How a source is doing.
 *
 * - `starting`: nothing has been read yet.
 * - `degraded`: part of it can be read, the rest is named by `reason`.
 * - `notInstalled`: the cluster does not have it, which is nobody's fault.
 *
 * @public
 */
export type SourceState =
  | 'starting'
  | 'ok'
  | 'degraded'
  | 'down'
  | 'notInstalled';

/**
 * What a feed or collector says of one of its sources.
 *
 * @public
 */
export type SourceReport = {
  kind: SourceKind;
  /** Unique within kind, for instance the cluster's name. */
  name: string;
  /**
   * Whether a scanner scans whatever runs, anywhere, so that everybody may learn how it is doing.
   *
   * @defaultValue false: it is that of the cluster whose name it has
   */
  ofNoCluster?: boolean;
  state: SourceState;
  reason?: ReasonCode;
  /** Plain text beside the reason, for instance the missing RBAC verb `list pods`. */
  message?: string;
  /** RFC 3339: when the next try is due. */
  nextTryAt?: string;
  /**
   * How many items are stored of it.
   *
   * @defaultValue as many as at the end of its last full sync
   */
  items?: number;
  /** How each of several resources it is read by is doing, so that "not installed" differs from "nothing reported". */
  parts?: SourcePart[];
};

/**
 * How one of the resources a source is read by is doing.
 *
 * @public
 */
export type SourcePart = {
  /** The plural of the resource. */
  name: string;
  state: SourceState;
  reason?: ReasonCode;
  message?: string;
};

/**
 * Where a feed left off, as it stored it. Opaque to everybody else.
 *
 * @public
 */
export type ResumePoint = { resourceVersion: string };

/**
 * Writes of one source. Valid only while the lease is held: every write carries its fence, and a write
 * after the lease was lost throws a `ConflictError` and changes nothing.
 *
 * @public
 */
export interface SourceWriter<T> {
  /** Where the last holder left off; undefined when nothing is stored or a full sync is wanted. */
  resumePoint(): Promise<ResumePoint | undefined>;
  /**
   * Starts a full sync. Items written until `completeFullSync` are marked as seen.
   */
  beginFullSync(): Promise<void>;
  /** Inserts or updates; same content means no write and no event. At most a few hundred items a call. */
  upsert(items: T[]): Promise<void>;
  /** Removes by key: the uid for pods and reports. */
  remove(uids: string[]): Promise<void>;
  /** Marks items as still there without sending them again. */
  touch(uids: string[]): Promise<void>;
  /** The stored resource version of each item: what a metadata-only list is compared with. */
  knownVersions(): Promise<Map<string, string>>;
  /** Ends a full sync: whatever was neither written nor touched since `beginFullSync` is removed. */
  completeFullSync(resumePoint: ResumePoint): Promise<void>;
  /** Stores the point to go on from, for instance at a watch bookmark. */
  saveResumePoint(resumePoint: ResumePoint): Promise<void>;
}

/**
 * What the work on a source gets while this replica holds its lease.
 *
 * @public
 */
export type HeldSource<T> = {
  writer: SourceWriter<T>;
  /** Aborts when the lease is lost. */
  signal: AbortSignal;
  /** What was pushed about the source. */
  hints: SourceHints;
  /** Health of the source; like a write, it throws a `ConflictError` and changes nothing once the lease is lost. */
  report(report: SourceReport): Promise<void>;
};

/**
 * What a feed hands its findings to.
 *
 * @public
 */
export interface FeedSink<T> {
  /**
   * The names of all sources of this feed. What belonged to a source that is gone is removed.
   * An empty list must mean "there are none", never "could not be read".
   */
  setSources(names: string[]): Promise<void>;
  /** Health of a source, said by any replica: of one that nobody can hold. Repeating the same report is cheap. */
  report(report: SourceReport): Promise<void>;
  /**
   * Runs `work` while this replica holds the lease of the source, on one replica at a time.
   * Waits for the lease; resolves when `signal` aborts. `work` gets a signal that aborts when the lease is lost
   * and is called again, after a jittered pause, when it returns or throws.
   */
  whileHolding(
    options: { source: string; signal: AbortSignal },
    work: (held: HeldSource<T>) => Promise<void>,
  ): Promise<void>;
}
