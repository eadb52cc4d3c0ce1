import { Counter, Histogram, Metrics } from './Metrics';

/** Where answers stand against the five milliseconds of one from memory and the seconds of one from a registry. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2.5, 5, 10];

/** What the gauges read. */
export type AdmissionState = {
  certificateDaysLeft(): number | undefined;
  looks(): { running: number; waiting: number; remembered: number };
  clockSuspect(): boolean;
  /** Seconds since what the portal knows was read; `undefined` without a feed. */
  feedAgeSeconds(): number | undefined;
  feedSequence(): number | undefined;
  ready(): boolean;
};

/** The metrics of the webhook. */
export class AdmissionMetrics {
  readonly reviews: Counter;
  readonly reviewSeconds: Histogram;
  readonly looks: Counter;
  readonly reloads: Counter;
  readonly feedReads: Counter;
  readonly #metrics = Metrics.create();

  static create(): AdmissionMetrics {
    return new AdmissionMetrics();
  }

  private constructor() {
    const metrics = this.#metrics;
    this.reviews = metrics.counter(
      'supply_chain_admission_reviews_total',
      'Reviews answered, by endpoint, decision and, where none could be made, reason.',
    );
    this.reviewSeconds = metrics.histogram(
      'supply_chain_admission_review_duration_seconds',
      'Time to answer a review.',
      SECONDS,
    );
    this.looks = metrics.counter(
      'supply_chain_admission_looks_total',
      'Answers about images, by where they come from.',
    );
    this.reloads = metrics.counter(
      'supply_chain_admission_reloads_total',
      'Files read again after a change, by what and result.',
    );
    this.feedReads = metrics.counter(
      'supply_chain_admission_feed_reads_total',
      'Reads of the verdict feed, by result: ok or a reason code.',
    );
  }

  /** Adds what is read when somebody asks. */
  observe(state: AdmissionState): void {
    const gauge = (
      name: string,
      help: string,
      read: () => number | undefined,
    ) => this.#metrics.gauge(`supply_chain_admission_${name}`, help, read);
    gauge('ready', 'Whether the webhook is ready.', () =>
      Number(state.ready()),
    );
    gauge(
      'certificate_expiry_days',
      'Days until the serving certificate expires; negative afterwards.',
      () => state.certificateDaysLeft(),
    );
    gauge(
      'looks_running',
      'Looks at images under way.',
      () => state.looks().running,
    );
    gauge(
      'looks_waiting',
      'Looks at images that wait.',
      () => state.looks().waiting,
    );
    gauge(
      'images_remembered',
      'Images kept in memory.',
      () => state.looks().remembered,
    );
    gauge(
      'clock_suspect',
      'Whether the clock stands behind what it said before.',
      () => Number(state.clockSuspect()),
    );
    gauge(
      'feed_age_seconds',
      'Seconds since the portal issued what is known of it.',
      () => state.feedAgeSeconds(),
    );
    gauge('feed_sequence', 'Number of the newest page of the feed.', () =>
      state.feedSequence(),
    );
  }

  /** The text Prometheus reads. */
  render(): string {
    return this.#metrics.render();
  }
}
