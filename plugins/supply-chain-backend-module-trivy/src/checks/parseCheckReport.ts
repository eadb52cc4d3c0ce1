import {
  CheckTopic,
  controllerOf,
  EvidenceOf,
  instant,
  isRecord,
  KubernetesObject,
  ReportedObject,
  reportedObject,
  Subject,
  WorkloadRef,
} from 'backstage-plugin-supply-chain-common';
import { ParsedReport, ReportOrigin } from 'backstage-plugin-supply-chain-node';
import { Json, parsedReport, reportOf, ReportProblem } from '../reportContent';
import { containerNamed, controllerNamed } from '../reportLabels';
import { CHECK_REPORTS, CheckResource } from './checkReports';
import { collectResults } from './collectResults';
import { parseCheck, parseSecret } from './parseCheckResult';

/** Id of the feed these reports come from. */
export const TRIVY_CHECKS_FEED_ID = 'trivy-checks';

const ROLE = 'Role';
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
const SEGMENT_NAME = /^[^\p{Cc}\p{Cf}/%]{1,253}$/u;

/**
 * Reads a report of Trivy Operator on the configuration of a workload, on a role, on a component of the control plane or
 * on the secrets in an image, or on an object of the cluster in no namespace. Never throws.
 *
 * A list that may be incomplete is refused whole. A report on what neither runs pods nor is a role tells nothing of a
 * running image, and has no objects. Nothing checked and failed is not the same as no report: such a report has an
 * object without results.
 *
 * @public
 */
export function parseCheckReport(
  object: KubernetesObject,
  origin: ReportOrigin<CheckResource>,
): ParsedReport {
  const { cluster, resource, expected } = origin;
  return parsedReport(object, () => {
    const report = reportOf(object, expected);
    const { scope, topic } = CHECK_REPORTS[resource];
    if (scope === 'cluster') {
      const about = clusterObjectOf(object);
      const subject = { type: 'cluster', cluster, object: about } as const;
      return {
        objects: [],
        cluster: told({ object, report, subject, origin }),
      };
    }
    const about = objectOf(object, topic);
    if (!about) {
      return { objects: [] };
    }
    const { uid, ...workload } = about;
    const subject = { type: 'workload', cluster, ...workload } as const;
    const evidence = told({ object, report, subject, origin });
    return { objects: [{ ...(uid && { uid }), evidence }] };
  });
}

function clusterObjectOf(object: KubernetesObject): WorkloadRef {
  const named = controllerNamed(object);
  if (!named || object.metadata.namespace) {
    throw new ReportProblem(
      'does not say which object of the cluster it is on',
    );
  }
  if (!KIND.test(named.kind) || !SEGMENT_NAME.test(named.name)) {
    throw new ReportProblem('names an object that none can be called');
  }
  return named;
}

/** Undefined for what runs nothing, such as a Service. */
function objectOf(
  object: KubernetesObject,
  topic: CheckTopic,
): ReportedObject | undefined {
  const named = controllerNamed(object);
  const { namespace } = object.metadata;
  if (!named || !namespace) {
    throw new ReportProblem('does not say what it is about');
  }
  const owner = controllerOf(object);
  const isOwner = owner?.kind === named.kind && owner.name === named.name;
  const uid = isOwner ? owner.uid || undefined : undefined;
  if (topic !== 'rbac') {
    return reportedObject({ ...named, uid }, object);
  }
  if (named.kind !== ROLE) {
    return undefined;
  }
  if (!SEGMENT_NAME.test(named.name)) {
    throw new ReportProblem('names a role that none can be called');
  }
  return { namespace, ...named, ...(uid && { uid }) };
}

function told(options: {
  object: KubernetesObject;
  report: Json;
  subject: Subject;
  origin: ReportOrigin<CheckResource>;
}): EvidenceOf<'policyReport'> {
  const { object, report, subject } = options;
  const { resource, seenAt } = options.origin;
  const { topic, source, list } = CHECK_REPORTS[resource];
  // Reports on roles and on the control plane carry no time of their own.
  const reportedAt =
    instant(report.updateTimestamp) ??
    instant(object.metadata.creationTimestamp) ??
    seenAt;
  const found = collectResults(entriesOf(report, list), {
    parse: list === 'secrets' ? parseSecret : parseCheck,
    source,
    reportedAt,
    container: containerNamed(object),
  });
  return {
    subject,
    collector: TRIVY_CHECKS_FEED_ID,
    kind: 'policyReport',
    status: 'present',
    observedAt: reportedAt,
    detail: { topic, ...found },
  };
}

function entriesOf(report: Json, list: 'checks' | 'secrets'): unknown[] {
  const { summary } = report;
  // An empty Go slice is written as null or left out.
  const entries = report[list] ?? [];
  if (!Array.isArray(entries)) {
    throw new ReportProblem(`has no list of ${list}`);
  }
  if (report[list] === undefined && !isRecord(summary)) {
    throw new ReportProblem(`has neither ${list} nor a summary`);
  }
  const count = counted(summary);
  if (entries.length < count) {
    throw new ReportProblem(
      `counts ${count} ${list} and lists ${entries.length}`,
    );
  }
  return entries;
}

function counted(summary: unknown): number {
  const counts = isRecord(summary) ? summary : {};
  return ['critical', 'high', 'medium', 'low']
    .map(severity => Number(counts[`${severity}Count`]) || 0)
    .reduce((sum, count) => sum + count, 0);
}
