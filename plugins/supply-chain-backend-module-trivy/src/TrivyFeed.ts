import {
  EvidenceFeed,
  FeedSink,
  ObservedReport,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterTransport,
  ConvertingTarget,
  followClusters,
  Reflector,
  ReflectorTiming,
  runWithHints,
  SourceHealth,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import {
  parseVulnerabilityReport,
  TRIVY_FEED_ID,
} from './parseVulnerabilityReport';

/** Raise it when `parseVulnerabilityReport` makes other evidence of the same reports. */
const FORMAT = 'trivy-2';

/**
 * What of the portal's clusters is read.
 *
 * @public
 */
export type TrivyFeedSelection = {
  /** All clusters of the Kubernetes plugin when left out. */
  clusters?: string[];
  /** All namespaces when left out. */
  namespaces?: string[];
  /** How often the list of clusters is read. @defaultValue 60 s */
  pollIntervalMs?: number;
};

type TrivyFeedOptions = {
  transport: ClusterTransport;
  selection?: TrivyFeedSelection;
  clock?: Clock;
  timing?: Partial<ReflectorTiming>;
};

/**
 * Watches the vulnerability reports Trivy Operator leaves in every cluster.
 *
 * @public
 */
export class TrivyFeed implements EvidenceFeed {
  readonly id = TRIVY_FEED_ID;
  readonly #options: TrivyFeedOptions;
  readonly #clock: Clock;

  static create(options: TrivyFeedOptions): TrivyFeed {
    return new TrivyFeed(options);
  }

  private constructor(options: TrivyFeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  run(
    sink: FeedSink<ObservedReport>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { transport, selection = {}, timing } = this.#options;
    const clock = this.#clock;
    return followClusters<ObservedReport>({
      transport,
      sink,
      signal: options.signal,
      kind: 'scanner',
      clusters: selection.clusters,
      pollIntervalMs: selection.pollIntervalMs,
      clock,
      work: async ({ connection, writer, signal, report, hints }) => {
        const health = new SourceHealth({ main: 'reports', report });
        const reflector = Reflector.create({
          connection,
          resource: 'vulnerabilityreports',
          form: 'full',
          namespaces: selection.namespaces,
          resumeKey: FORMAT,
          clock,
          timing,
          onHealth: state => health.update('reports', state),
          target: new ConvertingTarget<ObservedReport>({
            writer,
            // A report that cannot be read is evidence too, so nothing is left out here.
            convert: object => ({
              kind: 'item',
              item: parseVulnerabilityReport(object, {
                cluster: connection.name,
                seenAt: clock.now().toISOString(),
              }),
            }),
          }),
        });
        const reflectors = new Map([['vulnerabilityreports', reflector]]);
        await runWithHints({ hints, reflectors, clock, signal }, () =>
          reflector.run(signal),
        );
      },
    });
  }
}
