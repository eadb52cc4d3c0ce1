import { AnnotatedImage, Digest } from 'backstage-plugin-supply-chain-common';

/** A reference that an annotation names and whose turn it is. */
export type ReferenceTask = {
  runningImageId: string;
  /** The entity whose annotation names it. */
  entityRef: string;
  imageRef: string;
  /** Whether the entity runs something from its repository (L30). */
  isLinked: boolean;
  /** The digest it stood for when that was last found out. */
  known?: { digest: Digest; at: string };
  /** Failed attempts in a row. */
  attempts: number;
  /** Changes with every request: one made meanwhile is not lost. */
  ticket: string;
  /** Proves that the task is still ours. */
  lease: string;
};

/** What came of a task. */
export type ResolvedReference = {
  task: ReferenceTask;
  /** Absent: what was known stays. */
  found?: Pick<AnnotatedImage, 'digest' | 'digestSource' | 'digestReason'>;
  /** Whether the answer holds only while the entity runs something from the repository. */
  needsLink: boolean;
  attempts: number;
  nextAttemptMs: number;
  now: Date;
};

/** Where references that annotations name, and the queue of resolving them, are kept. */
export interface ReferenceStore {
  /** Takes due tasks that nobody else works on. */
  take(options: { limit: number; leaseMs: number }): Promise<ReferenceTask[]>;
  /**
   * Stores what came of a task, queues the look and the verdict that depend on it and plans the next attempt, all or
   * nothing. Returns whether anything that is shown differs.
   */
  complete(result: ResolvedReference): Promise<boolean>;
  /** Gives a task back to be taken again at once or later. */
  release(options: { task: ReferenceTask; afterMs: number }): Promise<void>;
  /** Makes due what may be read now and could not before, or the other way round, because of what runs. */
  requestRelinked(): Promise<void>;
  /** Makes everything due when what may be read differs from what it was by this text. */
  requestWhenDifferent(rules: string): Promise<void>;
}
