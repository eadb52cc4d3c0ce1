import { Problem } from '../derivations/problemsOf';

/** A notification to be sent. */
export type Alert = {
  /** One open notification per scope; a newer one replaces it for its reader. */
  scope: string;
  entityRef: string;
  title?: string;
  problem: Problem;
  attempts: number;
  /** Proves that it is still ours to send. */
  lease: string;
};

/** Where notifications wait to be sent. */
export interface AlertStore {
  take(options: { limit: number; leaseMs: number }): Promise<Alert[]>;
  /** Removes one that was sent, unless it was replaced meanwhile. */
  complete(alert: Alert): Promise<void>;
  /** Gives one back that could not be sent. */
  release(options: { alert: Alert; afterMs: number }): Promise<void>;
}
