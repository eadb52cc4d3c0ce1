import {
  MetricsService,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { LookEnd, LookTracker } from '../evidence/LookTracker';
import { SECONDS, TrackerOptions } from './tracking';

type Attributes = { outcome: LookEnd['outcome']; reason?: string };

/** Counts and times looks. */
export class MetricsLookTracker implements LookTracker {
  readonly #duration: MetricsServiceHistogram<Attributes>;
  readonly #nowMs: () => number;

  static create(options: TrackerOptions): MetricsLookTracker {
    return new MetricsLookTracker(options);
  }

  private constructor(options: TrackerOptions) {
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#duration = createDuration(options.metrics);
  }

  lookStarted(): (end: LookEnd) => void {
    const startedAt = this.#nowMs();
    return end =>
      this.#duration.record((this.#nowMs() - startedAt) / 1_000, end);
  }
}

function createDuration(
  metrics: MetricsService,
): MetricsServiceHistogram<Attributes> {
  return metrics.createHistogram<Attributes>('supply_chain.looks.duration', {
    ...SECONDS,
    description: 'Time of looks at images, by how they ended',
  });
}
