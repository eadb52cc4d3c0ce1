import { CHECK_TOPICS, CheckTopic } from '../model/policyReport';
import { WorkloadSubject } from '../model/subject';
import { supplyChainSecretsReadPermission } from '../permissions';
import * as schema from '../schema/openapi';
import { collapseResults, resultsOf } from './collapseResults';
import { containsText } from '../text';
import { doesNotPass } from './doesNotPass';
import { EnforcedEvidence } from './EnforcedEvidence';

const SECRETS = supplyChainSecretsReadPermission.name;

/**
 * Options of {@link clusterChecksOf}.
 *
 * @public
 */
export type ClusterChecksOptions = {
  reports: readonly EnforcedEvidence[];
  /** Whether the reader may know which secrets were found in images of the workload. */
  maySeeSecrets: (workload: WorkloadSubject) => boolean;
};

/**
 * Which results are wanted; what is absent narrows nothing.
 *
 * @public
 */
export type CheckResultFilter = {
  topic?: CheckTopic;
  /** Only what fails, warns or could not be evaluated. */
  failing?: boolean;
  severity?: schema.EnforcerResult['severity'];
  /** Part of a policy, rule, title, message or workload, in any case. */
  search?: string;
};

/**
 * What a scanner of the cluster checked of some workloads, each topic for itself; undefined when it checked nothing.
 *
 * A topic that was checked and where nothing fails stands there with zero: that is not the same as never checked. Which
 * secrets were found, and how many, is told of workloads the reader may know it of. Of the others it is said which
 * permission is missing, whether or not anything was found there.
 *
 * @public
 */
export function clusterChecksOf(
  options: ClusterChecksOptions,
): schema.ClusterChecks | undefined {
  const groups: schema.CheckGroup[] = [];
  let withheld = false;
  for (const topic of CHECK_TOPICS) {
    const { all, shown } = reportsOn(topic, options);
    withheld ||= shown.length < all.length;
    if (shown.length > 0) {
      groups.push(groupOf(topic, shown));
    }
  }
  return groups.length === 0 && !withheld
    ? undefined
    : { groups, missingPermissions: withheld ? [SECRETS] : [] };
}

/**
 * The results behind the numbers of {@link clusterChecksOf}, topic by topic, the worst of each first.
 *
 * @public
 */
export function clusterCheckResultsOf(
  options: ClusterChecksOptions,
  filter: CheckResultFilter = {},
): schema.EnforcerResult[] {
  const topics = CHECK_TOPICS.filter(
    topic => filter.topic === undefined || filter.topic === topic,
  );
  return topics.flatMap(topic =>
    resultsOf(reportsOn(topic, options).shown)
      .map(result => ({ topic, ...result }))
      .filter(result => isMatch(result, filter)),
  );
}

function reportsOn(
  topic: CheckTopic,
  { reports, maySeeSecrets }: ClusterChecksOptions,
): Record<'all' | 'shown', EnforcedEvidence[]> {
  const all = reports.filter(each => each.evidence.detail?.topic === topic);
  const shown = all.filter(
    ({ workload }) => topic !== 'secrets' || maySeeSecrets(workload),
  );
  return { all, shown };
}

function groupOf(
  topic: CheckTopic,
  reports: readonly EnforcedEvidence[],
): schema.CheckGroup {
  const [observedAt] = reports.map(each => each.evidence.observedAt).sort();
  const { total, counts, notes } = collapseResults(reports);
  return { topic, total, counts, notes, observedAt };
}

function isMatch(
  result: schema.EnforcerResult,
  { failing, severity, search }: CheckResultFilter,
): boolean {
  return (
    (!failing || doesNotPass(result)) &&
    (severity === undefined || result.severity === severity) &&
    (search === undefined || containsText(textsOf(result), search))
  );
}

function textsOf(result: schema.EnforcerResult): (string | undefined)[] {
  const { policy, rule, title, message, workload } = result;
  return [policy, rule, title, message, ...Object.values(workload)];
}
