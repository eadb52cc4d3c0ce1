import { LoggerService } from '@backstage/backend-plugin-api';
import { pause } from '../loops/pause';
import { LeaseStore, SourceLease } from '../stores/SourceStore';

/** How long a lease lasts without a heartbeat (DESIGN 4). */
export const LEASE_TIME_TO_LIVE_MS = 20_000;

/** How often the holder extends it. */
export const HEARTBEAT_INTERVAL_MS = 5_000;

/** Options of {@link holdLease}. */
export type HoldLeaseOptions = {
  leases: LeaseStore;
  lease: SourceLease;
  signal: AbortSignal;
  logger: Pick<LoggerService, 'warn'>;
  timeToLiveMs?: number;
  heartbeatIntervalMs?: number;
};

/**
 * Runs work with a signal that aborts when the lease is lost, and keeps extending the lease meanwhile.
 * When the database cannot be asked, the lease counts as lost before others may take it.
 */
export async function holdLease(
  options: HoldLeaseOptions,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ended = new AbortController();
  const lost = new AbortController();
  const heartbeat = keepAlive({ ...options, ended: ended.signal, lost });
  try {
    await work(AbortSignal.any([options.signal, lost.signal]));
  } finally {
    ended.abort();
    await heartbeat;
  }
}

async function keepAlive(
  options: HoldLeaseOptions & { ended: AbortSignal; lost: AbortController },
): Promise<void> {
  const { leases, lease, ended, lost, logger } = options;
  const timeToLiveMs = options.timeToLiveMs ?? LEASE_TIME_TO_LIVE_MS;
  const intervalMs = options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS;
  let renewedAt = performance.now();
  await pause(intervalMs, ended);
  while (!ended.aborted) {
    const startedAt = performance.now();
    try {
      if (!(await leases.renew(lease, timeToLiveMs))) {
        logger.warn(`The lease of source '${lease.source}' was lost`);
        lost.abort();
        return;
      }
      renewedAt = startedAt;
    } catch (error) {
      logger.warn(
        `The lease of source '${lease.source}' could not be extended: ${error}`,
      );
      if (performance.now() - renewedAt > timeToLiveMs - intervalMs) {
        lost.abort();
        return;
      }
    }
    await pause(intervalMs, ended);
  }
}
