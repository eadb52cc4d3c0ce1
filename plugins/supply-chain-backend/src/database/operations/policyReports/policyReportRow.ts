import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import {
  ClusterEvidence,
  ObservedPolicyReport,
} from 'backstage-plugin-supply-chain-node';
import { contentHash } from '../../contentHash';
import { storableName } from '../../storable';
import { PolicyReportObjectRow, PolicyReportRow } from '../../tables';

/** Options of {@link policyReportRowOf}. */
export type PolicyReportRowOptions = {
  feed: string;
  source: string;
  report: ObservedPolicyReport;
};

/** A report as it stands in the tables. */
export function policyReportRowOf(options: PolicyReportRowOptions): {
  row: PolicyReportRow;
  objects: PolicyReportObjectRow[];
} {
  const { feed, source, report } = options;
  const { uid, resourceVersion, objects, cluster } = report;
  return {
    row: {
      feed,
      source,
      uid,
      resource_version: resourceVersion,
      hash: contentHash([
        ...objects.map(each => [each.uid, withoutTimes(each.evidence)]),
        ...(cluster ? [timeless(cluster)] : []),
      ]),
    },
    objects: objects.flatMap(({ uid: objectUid, evidence }, position) => {
      const { subject } = evidence;
      if (subject.type !== 'workload') {
        return [];
      }
      const { namespace, kind, name } = subject;
      return {
        feed,
        source,
        uid,
        position,
        namespace: storableName(namespace),
        kind: storableName(kind),
        name: storableName(name),
        object_uid: objectUid === undefined ? null : storableName(objectUid),
        evidence: JSON.stringify(evidence),
      };
    }),
  };
}

/** An enforcer looks again every hour and finds the same: that is no event. */
function withoutTimes(evidence: EvidenceOf<'policyReport'>) {
  const { observedAt, detail, ...told } = evidence;
  return {
    ...told,
    topic: detail?.topic,
    leftOut: detail?.leftOut,
    results: detail?.results.map(({ observedAt: at, ...result }) => result),
  };
}

function timeless(evidence: ClusterEvidence): unknown {
  switch (evidence.kind) {
    case 'policyReport':
      return withoutTimes(evidence);
    case 'compliance': {
      const { observedAt, detail, ...told } = evidence;
      return { ...told, detail: { ...detail, evaluatedAt: undefined } };
    }
    default: {
      const { observedAt, detail, ...told } = evidence;
      return { ...told, detail: { ...detail, scannedAt: undefined } };
    }
  }
}
