import { CHECK_TOPICS, CheckTopic } from '../model/policyReport';
import { WorkloadSubject } from '../model/subject';
import { supplyChainSecretsReadPermission } from '../permissions';
import * as schema from '../schema/openapi';
import { collapseResults } from './collapseResults';
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
  const { reports, maySeeSecrets } = options;
  const groups: schema.CheckGroup[] = [];
  let withheld = false;
  for (const topic of CHECK_TOPICS) {
    const all = reports.filter(each => each.evidence.detail?.topic === topic);
    const shown = all.filter(
      ({ workload }) => topic !== 'secrets' || maySeeSecrets(workload),
    );
    withheld ||= shown.length < all.length;
    if (shown.length > 0) {
      groups.push(groupOf(topic, shown));
    }
  }
  return groups.length === 0 && !withheld
    ? undefined
    : { groups, missingPermissions: withheld ? [SECRETS] : [] };
}

function groupOf(
  topic: CheckTopic,
  reports: readonly EnforcedEvidence[],
): schema.CheckGroup {
  const [observedAt] = reports.map(each => each.evidence.observedAt).sort();
  return { topic, ...collapseResults(reports), observedAt };
}
