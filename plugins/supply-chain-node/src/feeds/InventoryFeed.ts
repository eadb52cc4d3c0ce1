import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import { FeedSink } from './feed';

/**
 * A source of running images that is watched.
 *
 * @remarks
 * 1. The backend calls `run` once on every replica after start-up and never again.
 * 2. The feed names its sources (clusters) by `sink.setSources` whenever the list changes.
 * 3. For each source it calls `sink.whileHolding`; inside, it lists fully once, then follows changes.
 * 4. It reports the health of each source by the `report` it got with the lease; it throws only for programming errors.
 * 5. `run` resolves when `signal` aborts.
 *
 * @public
 */
export interface InventoryFeed {
  /** Stable id, for instance `kubernetes`. */
  readonly id: string;
  run(
    sink: FeedSink<ObservedPod>,
    options: { signal: AbortSignal },
  ): Promise<void>;
}
