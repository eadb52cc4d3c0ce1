import { Waiver } from 'backstage-plugin-supply-chain-common';
import { Problem } from '../derivations/problemsOf';

/** That a waiver ends soon, or has ended. */
export type WaiverNews = Pick<
  Waiver,
  'name' | 'source' | 'rule' | 'scope' | 'reason' | 'requestedBy' | 'expires'
> & {
  kind: 'waiver';
  /** Before the end; 0: it has ended. */
  days: number;
};

/** What a notification tells: a rule that began to fail, or the end of a waiver. */
export type AlertNews = (Problem & { kind?: undefined }) | WaiverNews;

/** A notification to be sent. */
export type Alert = {
  /** One open notification per scope; a newer one replaces it for its reader. */
  scope: string;
  entityRef: string;
  title?: string;
  news: AlertNews;
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
