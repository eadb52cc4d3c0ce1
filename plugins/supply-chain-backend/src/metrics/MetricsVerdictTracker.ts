import {
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { Outcome } from 'backstage-plugin-supply-chain-common';
import { BatchEnd, VerdictTracker } from '../verdict/VerdictTracker';
import { SECONDS, TrackerOptions } from './tracking';

/** Counts verdicts and times the batches they are made in. */
export class MetricsVerdictTracker implements VerdictTracker {
  readonly #evaluated: MetricsServiceCounter<{ outcome: Outcome }>;
  readonly #duration: MetricsServiceHistogram<{ outcome: BatchEnd['outcome'] }>;
  readonly #nowMs: () => number;

  static create(options: TrackerOptions): MetricsVerdictTracker {
    return new MetricsVerdictTracker(options);
  }

  private constructor(options: TrackerOptions) {
    const { metrics } = options;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#evaluated = metrics.createCounter('supply_chain.verdicts.evaluated', {
      description: 'Verdicts that were made, changed or not, by outcome',
      unit: '{verdict}',
    });
    this.#duration = metrics.createHistogram(
      'supply_chain.verdicts.batch.duration',
      {
        ...SECONDS,
        description:
          'Time to load, judge and save up to twenty running images at once',
      },
    );
  }

  batchStarted(): (end: BatchEnd) => void {
    const startedAt = this.#nowMs();
    return end => {
      const { outcome } = end;
      this.#duration.record((this.#nowMs() - startedAt) / 1_000, { outcome });
      if (end.outcome === 'saved') {
        end.judged
          .flatMap(({ judgements }) => judgements)
          .flatMap(({ evaluation }) => evaluation.verdicts)
          .forEach(verdict =>
            this.#evaluated.add(1, { outcome: verdict.outcome }),
          );
      }
    };
  }
}
