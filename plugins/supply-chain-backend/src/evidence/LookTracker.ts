import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/** How one look ended. */
export type LookEnd =
  | { outcome: 'complete' }
  /** Something was not found out; it is tried again soon. */
  | { outcome: 'failed'; reason: ReasonCode }
  /** The engine itself failed: a defect, or the database. */
  | { outcome: 'error' };

/** Hears of every look. It must not throw. */
export interface LookTracker {
  /**
   * Called when a look begins; what it returns is called when the look has ended, and not when a shutdown gave it back.
   */
  lookStarted(): (end: LookEnd) => void;
}
