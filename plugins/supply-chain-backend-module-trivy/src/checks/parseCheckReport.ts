import {
  CheckTopic,
  controllerOf,
  instant,
  isRecord,
  KubernetesObject,
  ReportedObject,
  reportedObject,
  shortText,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedPolicyReport,
  ParsedReport,
  ReportOrigin,
} from 'backstage-plugin-supply-chain-node';
import { containerNamed, controllerNamed } from '../reportLabels';
import { CHECK_REPORTS, CheckResource } from './checkReports';
import { collectResults } from './collectResults';
import { parseCheck, parseSecret } from './parseCheckResult';

/** Id of the feed these reports come from. */
export const TRIVY_CHECKS_FEED_ID = 'trivy-checks';

const ROLE = 'Role';
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
const ROLE_NAME = /^[^\p{Cc}\p{Cf}/%]{1,253}$/u;

type Json = Record<string, unknown>;

/** Why a report cannot be used, in plain text without anything of its content. */
class ReportProblem extends Error {}

/**
 * Reads a report of Trivy Operator on the configuration of a workload, on a role, on a component of the control plane or
 * on the secrets in an image. Never throws.
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
  const { uid, resourceVersion } = object.metadata;
  try {
    const report = contentOf(object, origin.expected);
    const about = objectOf(object, CHECK_REPORTS[origin.resource].topic);
    const objects = about ? [told({ object, report, about, origin })] : [];
    return { kind: 'report', report: { uid, resourceVersion, objects } };
  } catch (error) {
    if (!(error instanceof ReportProblem)) {
      throw error;
    }
    return { kind: 'malformed', message: error.message };
  }
}

function contentOf(
  object: KubernetesObject,
  expected: ReportOrigin<CheckResource>['expected'],
): Json {
  const { apiVersion = expected.apiVersion, kind = expected.kind } = object;
  if (apiVersion !== expected.apiVersion || kind !== expected.kind) {
    const found = shortText(`${apiVersion} ${kind}`, 100);
    throw new ReportProblem(
      `expected ${expected.apiVersion} ${expected.kind}, got ${found}`,
    );
  }
  const { report } = object;
  if (!isRecord(report)) {
    throw new ReportProblem('has no report');
  }
  return report;
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
  if (!ROLE_NAME.test(named.name)) {
    throw new ReportProblem('names a role that none can be called');
  }
  return { namespace, ...named, ...(uid && { uid }) };
}

function told(options: {
  object: KubernetesObject;
  report: Json;
  about: ReportedObject;
  origin: ReportOrigin<CheckResource>;
}): ObservedPolicyReport['objects'][number] {
  const { object, report, about } = options;
  const { cluster, resource, seenAt } = options.origin;
  const { uid, ...workload } = about;
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
    ...(uid && { uid }),
    evidence: {
      subject: { type: 'workload', cluster, ...workload },
      collector: TRIVY_CHECKS_FEED_ID,
      kind: 'policyReport',
      status: 'present',
      observedAt: reportedAt,
      detail: { topic, ...found },
    },
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
  if (entries.length === 0 && counted(summary) > 0) {
    throw new ReportProblem(`counts ${list} and lists none`);
  }
  return entries;
}

function counted(summary: unknown): number {
  const counts = isRecord(summary) ? summary : {};
  return ['critical', 'high', 'medium', 'low']
    .map(severity => Number(counts[`${severity}Count`]) || 0)
    .reduce((sum, count) => sum + count, 0);
}
