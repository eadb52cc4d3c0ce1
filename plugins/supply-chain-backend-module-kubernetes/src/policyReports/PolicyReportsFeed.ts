import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import {
  FeedSink,
  ObservedPolicyReport,
  PolicyReportFeed,
} from 'backstage-plugin-supply-chain-node';
import {
  Clock,
  ClusterTransport,
  Converted,
  followPolicyReports,
  ReadableResource,
  ReflectorTiming,
  ReportOrigin,
} from 'backstage-plugin-supply-chain-node/clusters';
import { ClusterSelection } from '../clusterSelection';
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

type FeedOptions = {
  transport: ClusterTransport;
  selection?: ClusterSelection;
  clock?: Clock;
  timing?: Partial<ReflectorTiming>;
};

/**
 * Watches what other enforcers, such as Kyverno, report in every cluster. Limited to namespaces it leaves the reports of
 * the cluster as a whole alone: a role of a namespace does not reach them.
 *
 * @public
 */
export class PolicyReportsFeed implements PolicyReportFeed {
  readonly id = POLICY_REPORT_FEED_ID;
  readonly #options: FeedOptions;

  static create(options: FeedOptions): PolicyReportsFeed {
    return new PolicyReportsFeed(options);
  }

  private constructor(options: FeedOptions) {
    this.#options = options;
  }

  run(
    sink: FeedSink<ObservedPolicyReport>,
    options: { signal: AbortSignal },
  ): Promise<void> {
    return followPolicyReports({
      ...this.#options,
      sink,
      signal: options.signal,
      kind: 'enforcer',
      resources: POLICY_REPORT_RESOURCES,
      resumeKey: FORMAT,
      convert: convertReport,
    });
  }
}

function convertReport(
  object: KubernetesObject,
  origin: ReportOrigin<ReadableResource>,
): Converted<ObservedPolicyReport> {
  const parsed = parsePolicyReport(object, origin);
  return parsed.kind === 'report'
    ? { kind: 'item', item: parsed.report }
    : parsed;
}
