import { Evidence, ImageSubject } from 'backstage-plugin-supply-chain-common';
import { CollectorState } from 'backstage-plugin-supply-chain-node';
import { RegistryUse } from 'backstage-plugin-supply-chain-node/registry';

/** Digest by name of the trust roots a look was made with. */
export type TrustDigests = Record<string, string>;

/** Evidence as it is kept. */
export type StoredEvidence = {
  evidence: Evidence;
  /** Of what verdicts depend on; equal means no event. */
  hash: string;
  trust: TrustDigests;
  /** RFC 3339: since when nothing is found; sets the pace of looking (L7). */
  firstAbsentAt?: string;
};

/** A subject whose turn it is. */
export type LookTask = {
  subject: ImageSubject;
  /** References workloads use for it. */
  imageRefs: string[];
  /** For whom it is looked at: which credentials the look may use (L30). */
  use: RegistryUse;
  /** Failed looks in a row. */
  attempts: number;
  /** No cached negatives (L7). */
  fresh: boolean;
  /** Changes with every request: one made during the look is not lost. */
  ticket: string;
  /** Proves that the task is still ours. */
  lease: string;
};

/** What came of a task. */
export type LookResult = {
  task: LookTask;
  /** Evidence whose row differs; `changed` says whether verdicts depend on the difference. */
  written: { stored: StoredEvidence; changed: boolean }[];
  /** A look that began to fail, or works again. */
  transitions: { kind: 'lookFailed' | 'lookRestored'; reason?: string }[];
  attempts: number;
  nextLookMs: number;
  now: Date;
};

/** Where evidence and the queue of looks are kept. */
export interface EvidenceStore {
  /** Takes due tasks that nobody else works on. */
  take(options: { limit: number; leaseMs: number }): Promise<LookTask[]>;
  /** Extends the leases of tasks under way. */
  extend(options: { leases: string[]; leaseMs: number }): Promise<void>;
  /** Evidence of collectors about a subject. */
  read(subject: ImageSubject): Promise<StoredEvidence[]>;
  /**
   * Stores a result, queues the verdicts that depend on it and plans the next look, all or nothing.
   * False when the lease was lost: then another replica looks, and nothing is stored.
   */
  complete(result: LookResult): Promise<boolean>;
  /** Gives a task back to be taken again at once or later. */
  release(options: { task: LookTask; afterMs: number }): Promise<void>;
  /** Queues a look at every subject that runs, for instance when trust changed. */
  requestAll(): Promise<void>;
  /** The state a collector keeps. */
  stateOf(collector: string): CollectorState;
}
