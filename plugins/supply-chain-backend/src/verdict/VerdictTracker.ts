import { JudgedTask } from '../stores/VerdictStore';

/** How one batch of evaluations ended. */
export type BatchEnd =
  | { outcome: 'saved'; judged: JudgedTask[] }
  /** The engine itself failed: a defect, or the database. The batch is tried again. */
  | { outcome: 'error' };

/** Hears of every batch of evaluations. It must not throw. */
export interface VerdictTracker {
  /** Called when a batch was taken; what it returns is called once, when the batch has ended. */
  batchStarted(): (end: BatchEnd) => void;
}
