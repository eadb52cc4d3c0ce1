import {
  EvidenceOf,
  instant,
  isRecord,
  KubernetesObject,
  objectOfReport,
  ReportedObject,
  shortText,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedObject,
  ParsedReport,
} from 'backstage-plugin-supply-chain-node';
import { ResultSorting } from './ResultSorting';

/** Id of the feed these reports come from. */
export const POLICY_REPORT_FEED_ID = 'policy-reports';

/**
 * @public
 */
export type ParsePolicyReportOptions = {
  cluster: string;
  /** The resource the report was read by. */
  expected: { apiVersion: string; kind: string };
  /** RFC 3339; used for reports that carry no time of their own. */
  seenAt: string;
};

type Problem = {
  reason: 'policyReportMalformed' | 'policyReportVersionUnknown';
  message: string;
};

/**
 * Reads a report of another enforcer: a PolicyReport or a Report of OpenReports, in a namespace or of the cluster. Never
 * throws.
 *
 * Results go to the objects they name, or to the one the report is about; what is about neither pods nor what runs them
 * is no concern of a running image and is dropped. A report that cannot be read is `invalid` evidence of its object.
 *
 * @public
 */
export function parsePolicyReport(
  object: KubernetesObject,
  options: ParsePolicyReportOptions,
): ParsedReport {
  const { uid, resourceVersion } = object.metadata;
  const problem = problemOf(object, options.expected);
  if (!problem) {
    const objects = objectsTold(object, options);
    return { kind: 'report', report: { uid, resourceVersion, objects } };
  }
  const about = objectOfReport(object);
  if (!about) {
    return { kind: 'malformed', message: problem.message };
  }
  const invalid = observedObject(about, {
    ...evidenceOf(about, options.cluster),
    status: 'invalid',
    ...problem,
    observedAt: timeOf(object, options),
  });
  return {
    kind: 'report',
    report: { uid, resourceVersion, objects: [invalid] },
  };
}

function problemOf(
  object: KubernetesObject,
  expected: ParsePolicyReportOptions['expected'],
): Problem | undefined {
  const { apiVersion = expected.apiVersion, kind = expected.kind } = object;
  if (apiVersion !== expected.apiVersion || kind !== expected.kind) {
    const found = shortText(`${apiVersion} ${kind}`, 100);
    return {
      reason: 'policyReportVersionUnknown',
      message: `expected ${expected.apiVersion} ${expected.kind}, got ${found}`,
    };
  }
  const scope = object.scope ?? undefined;
  const results = object.results ?? undefined;
  const malformed = (message: string): Problem => ({
    reason: 'policyReportMalformed',
    message,
  });
  if (scope !== undefined && !isRecord(scope)) {
    return malformed('has a scope that is no object reference');
  }
  return results === undefined || Array.isArray(results)
    ? undefined
    : malformed('has results that are no list');
}

function objectsTold(
  object: KubernetesObject,
  options: ParsePolicyReportOptions,
): ObservedObject[] {
  const reportedAt = timeOf(object, options);
  const results = Array.isArray(object.results) ? object.results : [];
  const told = new ResultSorting(object, { reportedAt }).sort(results);
  return told.map(({ object: about, detail }) => {
    const times = detail.results.map(({ observedAt }) => observedAt).sort();
    return observedObject(about, {
      ...evidenceOf(about, options.cluster),
      status: 'present',
      observedAt: times.pop() ?? reportedAt,
      detail,
    });
  });
}

function evidenceOf(
  { namespace, kind, name }: ReportedObject,
  cluster: string,
) {
  return {
    subject: { type: 'workload', cluster, namespace, kind, name },
    collector: POLICY_REPORT_FEED_ID,
    kind: 'policyReport',
  } as const;
}

function observedObject(
  { uid }: ReportedObject,
  evidence: EvidenceOf<'policyReport'>,
): ObservedObject {
  return { ...(uid && { uid }), evidence };
}

function timeOf(
  { metadata }: KubernetesObject,
  { seenAt }: ParsePolicyReportOptions,
): string {
  return instant(metadata.creationTimestamp) ?? seenAt;
}
