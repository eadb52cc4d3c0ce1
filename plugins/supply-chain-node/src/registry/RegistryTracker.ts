import { ReasonCode } from 'backstage-plugin-supply-chain-common';

/**
 * How a request to a registry or its token service ended, redirects included.
 *
 * @public
 */
export interface RegistryRequestEnd {
  /** HTTP status, when there was one. */
  status?: number;
  /** Why there is no answer that could be used. */
  reason?: ReasonCode;
}

/**
 * Hears of every request a `RegistryClient` sends. It must not throw.
 *
 * @public
 */
export interface RegistryTracker {
  /** Called when a request begins; what it returns is called once, when the request has ended. */
  requestStarted(): (end: RegistryRequestEnd) => void;
}
