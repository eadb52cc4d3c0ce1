import {
  EvidenceFeed,
  FeedSink,
  ObservedReport,
  PackedReport,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterTransport,
  Converted,
  ConvertingTarget,
  followClusters,
  PageThread,
  Reflector,
  ReflectorTiming,
  runWithHints,
  SourceHealth,
  systemClock,
} from 'backstage-plugin-supply-chain-node/clusters';
import {
  parseVulnerabilityReport,
  ScanOrigin,
  TRIVY_FEED_ID,
} from './parseVulnerabilityReport';
import { REPORT_WORKER, REPORT_WORKER_FILE } from './reportWorker';

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
  /** @defaultValue as for `PageThread` */
  threadFromBytes?: number;
};

type StoredReport = ObservedReport | PackedReport;

/**
 * Watches the vulnerability reports Trivy Operator leaves in every cluster.
 *
 * @public
 */
export class TrivyFeed implements EvidenceFeed {
  readonly id = TRIVY_FEED_ID;
  readonly #options: TrivyFeedOptions;
  readonly #clock: Clock;
  readonly #thread: PageThread<PackedReport, ScanOrigin>;

  static create(options: TrivyFeedOptions): TrivyFeed {
    return new TrivyFeed(options);
  }

  private constructor(options: TrivyFeedOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#thread = PageThread.create({
      file: REPORT_WORKER_FILE,
      worker: REPORT_WORKER,
      threadFromBytes: options.threadFromBytes,
    });
  }

  run(
    sink: FeedSink<StoredReport>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { transport, selection = {}, timing } = this.#options;
    const clock = this.#clock;
    return followClusters<StoredReport>({
      transport,
      sink,
      signal: options.signal,
      kind: 'scanner',
      clusters: selection.clusters,
      pollIntervalMs: selection.pollIntervalMs,
      clock,
      work: async ({ connection, writer, signal, report, hints }) => {
        const health = new SourceHealth({ main: 'reports', report });
        const originNow = () => ({
          cluster: connection.name,
          seenAt: clock.now().toISOString(),
        });
        const reflector = Reflector.create({
          connection,
          resource: 'vulnerabilityreports',
          form: 'full',
          namespaces: selection.namespaces,
          resumeKey: FORMAT,
          clock,
          timing,
          onHealth: state => health.update('reports', state),
          parsePage: this.#thread.parser(originNow),
          target: new ConvertingTarget<StoredReport>({
            writer,
            convert: object =>
              stored(
                this.#thread.preparedOf(object) ??
                  parseVulnerabilityReport(object, originNow()),
              ),
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

/** A report that cannot be read is evidence too, of the image it names; the source says so of those that name none. */
function stored(item: StoredReport): Converted<StoredReport> {
  const { status, message } = item.evidence;
  return status === 'invalid'
    ? { kind: 'item', item, problem: message ?? 'cannot be read' }
    : { kind: 'item', item };
}
