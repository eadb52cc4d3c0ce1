import {
  MetricOptions,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';

/** Options of the trackers of this folder. */
export type TrackerOptions = {
  metrics: MetricsService;
  /** A clock that never goes back. @defaultValue `performance.now` */
  nowMs?: () => number;
};

/** What histograms of time have in common: the standard boundaries are made for milliseconds. */
export const SECONDS: MetricOptions = {
  unit: 's',
  advice: { explicitBucketBoundaries: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60] },
};
