import {
  MetricsService,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { RegistryRequestEnd, RegistryTracker } from '../registry';

type Attributes = {
  outcome: 'answered' | 'refused' | 'failed';
  status?: number;
  reason?: string;
};

/** Options of {@link MetricsRegistryTracker}. */
export type MetricsRegistryTrackerOptions = {
  metrics: MetricsService;
  /** A clock that never goes back. @defaultValue `performance.now` */
  nowMs?: () => number;
};

/**
 * Counts and times requests to registries. Hosts are not told apart: whoever may start a pod names them, and each would
 * be a series of its own.
 */
export class MetricsRegistryTracker implements RegistryTracker {
  readonly #duration: MetricsServiceHistogram<Attributes>;
  readonly #nowMs: () => number;

  static create(
    options: MetricsRegistryTrackerOptions,
  ): MetricsRegistryTracker {
    return new MetricsRegistryTracker(options);
  }

  private constructor(options: MetricsRegistryTrackerOptions) {
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#duration = options.metrics.createHistogram<Attributes>(
      'supply_chain.registry.requests.duration',
      {
        description:
          'Time of requests to registries and their token services, redirects included',
        unit: 's',
        advice: {
          explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
        },
      },
    );
  }

  requestStarted(): (end: RegistryRequestEnd) => void {
    const startedAt = this.#nowMs();
    return ({ status, reason }) =>
      this.#duration.record((this.#nowMs() - startedAt) / 1_000, {
        outcome: outcomeOf({ status, reason }),
        ...(status !== undefined && { status }),
        ...(reason && { reason }),
      });
  }
}

function outcomeOf(end: RegistryRequestEnd): Attributes['outcome'] {
  if (end.reason || end.status === undefined) {
    return 'failed';
  }
  return end.status < 400 ? 'answered' : 'refused';
}
