import {
  FeedSink,
  ObservedPolicyReport,
  PolicyReportFeed,
} from 'backstage-plugin-supply-chain-node';
import {
  followReports,
  ReportFeedOptions,
} from 'backstage-plugin-supply-chain-node/clusters';
import { OPERATOR_RESOURCES, parseOperatorReport } from './operatorReports';
import { TRIVY_CHECKS_FEED_ID } from './parseCheckReport';

/** Raise it when `parseOperatorReport` makes other items of the same reports. */
const FORMAT = 'trivy-checks-1';

/**
 * Watches what Trivy Operator checks in every cluster beside the vulnerabilities of images: configuration, roles, the
 * control plane and secrets in images, and what it reports on the cluster as a whole. A report that cannot be read leaves
 * what is stored as it is and is named in the health of its cluster.
 *
 * @public
 */
export class TrivyChecksFeed implements PolicyReportFeed {
  readonly id = TRIVY_CHECKS_FEED_ID;
  readonly sourceKind = 'checks';
  readonly #options: ReportFeedOptions;

  static create(options: ReportFeedOptions): TrivyChecksFeed {
    return new TrivyChecksFeed(options);
  }

  private constructor(options: ReportFeedOptions) {
    this.#options = options;
  }

  run(
    sink: FeedSink<ObservedPolicyReport>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    return followReports({
      ...this.#options,
      sink,
      signal: options.signal,
      kind: this.sourceKind,
      resources: OPERATOR_RESOURCES,
      resumeKey: FORMAT,
      parse: parseOperatorReport,
    });
  }
}
