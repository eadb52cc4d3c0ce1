import {
  FeedSink,
  ObservedPolicyReport,
  PolicyReportFeed,
} from 'backstage-plugin-supply-chain-node';
import {
  followReports,
  ReportFeedOptions,
  ReadableResource,
} from 'backstage-plugin-supply-chain-node/clusters';
import { parsePolicyReport, POLICY_REPORT_FEED_ID } from './parsePolicyReport';

/** The resources other enforcers report by. */
const POLICY_REPORT_RESOURCES = [
  'policyreports',
  'clusterpolicyreports',
  'reports',
  'clusterreports',
] as const satisfies readonly ReadableResource[];

/** Raise it when `parsePolicyReport` makes other items of the same reports. */
const FORMAT = 'policy-reports-1';

/**
 * Watches what other enforcers, such as Kyverno, report in every cluster. Limited to namespaces it leaves the reports of
 * the cluster as a whole alone: a role of a namespace does not reach them.
 *
 * @public
 */
export class PolicyReportsFeed implements PolicyReportFeed {
  readonly id = POLICY_REPORT_FEED_ID;
  readonly #options: ReportFeedOptions;

  static create(options: ReportFeedOptions): PolicyReportsFeed {
    return new PolicyReportsFeed(options);
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
      kind: 'enforcer',
      resources: POLICY_REPORT_RESOURCES,
      resumeKey: FORMAT,
      parse: parsePolicyReport,
    });
  }
}
