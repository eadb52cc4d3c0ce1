import {
  ComplianceControl,
  ComplianceDetail,
  CONTROL_STATUSES_WORST_FIRST,
  POLICY_RESULTS_WORST_FIRST,
  POLICY_SEVERITIES_WORST_FIRST,
  PolicyReportDetail,
  PolicyResult,
  PolicyResultSeverity,
  SEVERITIES_WORST_FIRST,
  VulnerabilityDetail,
  VulnerabilityFinding,
} from 'backstage-plugin-supply-chain-common';
import { ClusterEvidence } from 'backstage-plugin-supply-chain-node';
import { storable } from '../../storable';
import { ClusterReportEntryRow, ClusterReportRow } from '../../tables';

/** Which report of which source. */
export type ReportKey = { feed: string; source: string; uid: string };

/** What is kept of a report on compliance beside its controls. */
export type StoredCompliance = Omit<ComplianceDetail, 'controls'>;

/** What is kept of a scan of core components beside its findings. */
export type StoredClusterScan = Omit<VulnerabilityDetail, 'findings'>;

/** What is kept of a finding in a core component. */
export type StoredClusterFinding = Pick<
  VulnerabilityFinding,
  | 'id'
  | 'packageName'
  | 'installedVersion'
  | 'fixedVersion'
  | 'severity'
  | 'title'
  | 'link'
  | 'publishedAt'
>;

type Header = Omit<ClusterReportRow, keyof ReportKey | 'observed_at'>;
type Entry = Omit<
  ClusterReportEntryRow,
  keyof ReportKey | 'position' | 'kind' | 'topic'
>;
type Told = { header: Header; entries: Entry[] };

const OF_NO_OBJECT = { topic: '', object_kind: '', object_name: '' };

/** What a report says of a cluster, as it stands in the tables. */
export function clusterReportRowsOf(
  key: ReportKey,
  evidence: ClusterEvidence,
): { report: ClusterReportRow; entries: ClusterReportEntryRow[] } {
  const { header, entries } = toldBy(evidence);
  const { kind, topic } = header;
  return {
    report: { ...key, ...header, observed_at: evidence.observedAt },
    entries: entries.map((entry, position) => ({
      ...key,
      position,
      kind,
      topic,
      ...entry,
    })),
  };
}

function toldBy(evidence: ClusterEvidence): Told {
  const { kind, detail } = evidence;
  if (!detail) {
    // What cannot be read is named in the health of its source, and is no item of a feed.
    throw new TypeError(`Expected a detail of ${kind} on a cluster`);
  }
  switch (kind) {
    case 'policyReport':
      return toldByChecks(evidence, detail);
    case 'compliance':
      return toldByCompliance(detail);
    case 'vulnerabilities':
      return toldByScan(detail);
    default:
      throw new TypeError(`Unknown evidence '${kind}' of a cluster`);
  }
}

function toldByChecks(
  { subject }: ClusterEvidence,
  { topic, results, leftOut }: PolicyReportDetail,
): Told {
  const object = subject.type === 'cluster' ? subject.object : undefined;
  return {
    header: {
      kind: 'checks',
      topic: topic ?? '',
      object_kind: object?.kind ?? '',
      object_name: object?.name ?? '',
      left_out: leftOut.reduce((sum, each) => sum + each.results, 0),
      detail: '{}',
    },
    entries: results.map(checkEntry),
  };
}

function checkEntry({ observedAt, ...result }: PolicyResult): Entry {
  return {
    entry_id: storable(result.policy),
    status: result.result,
    status_rank: POLICY_RESULTS_WORST_FIRST.indexOf(result.result),
    severity_rank: checkSeverityRank(result.severity),
    fixable: false,
    about_secrets: false,
    search: searchable(result.policy, result.title, result.category),
    detail: JSON.stringify(result),
  };
}

function toldByCompliance({ controls, ...stored }: ComplianceDetail): Told {
  return {
    header: {
      kind: 'compliance',
      ...OF_NO_OBJECT,
      left_out: 0,
      detail: JSON.stringify(stored satisfies StoredCompliance),
    },
    entries: controls.map(controlEntry),
  };
}

function controlEntry(control: ComplianceControl): Entry {
  return {
    entry_id: storable(control.id),
    status: control.status,
    status_rank: CONTROL_STATUSES_WORST_FIRST.indexOf(control.status),
    severity_rank: checkSeverityRank(control.severity),
    fixable: false,
    about_secrets: control.secrets === true,
    search: searchable(control.id, control.name),
    detail: JSON.stringify(control),
  };
}

function toldByScan({ findings, ...stored }: VulnerabilityDetail): Told {
  return {
    header: {
      kind: 'vulnerabilities',
      ...OF_NO_OBJECT,
      left_out: 0,
      detail: JSON.stringify(stored satisfies StoredClusterScan),
    },
    entries: findings.map(findingEntry),
  };
}

function findingEntry(finding: VulnerabilityFinding): Entry {
  const { id, packageName, installedVersion, severity, title } = finding;
  const { fixedVersion, link, publishedAt } = finding;
  const stored: StoredClusterFinding = {
    id,
    packageName,
    installedVersion,
    fixedVersion,
    severity,
    title,
    link,
    publishedAt,
  };
  return {
    entry_id: storable(id),
    status: 'found',
    status_rank: 0,
    severity_rank: SEVERITIES_WORST_FIRST.indexOf(severity),
    fixable: Boolean(fixedVersion),
    about_secrets: false,
    search: searchable(id, packageName, title),
    detail: JSON.stringify(stored),
  };
}

/** Without severity it stands behind those with one. */
export function checkSeverityRank(
  severity: PolicyResultSeverity | undefined,
): number {
  return severity
    ? POLICY_SEVERITIES_WORST_FIRST.indexOf(severity)
    : POLICY_SEVERITIES_WORST_FIRST.length;
}

function searchable(...texts: (string | undefined)[]): string {
  return storable(texts.filter(Boolean).join('\n').toLocaleLowerCase('en-US'));
}
