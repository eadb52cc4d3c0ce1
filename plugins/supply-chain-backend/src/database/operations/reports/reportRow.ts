import {
  EvidenceOf,
  VulnerabilityDetail,
} from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { contentHash, textHash } from '../../contentHash';
import { ReportRow, ScanRow } from '../../tables';

/** The part of a scan that is the same however often it is made and reported. */
export type StoredScan = Pick<
  VulnerabilityDetail,
  'scanner' | 'os' | 'findings'
>;

/** Options of {@link reportRowOf}. */
export type ReportRowOptions = {
  feed: string;
  source: string;
  report: ObservedReport;
};

/** A report as it stands in the tables. */
export function reportRowOf(options: ReportRowOptions): {
  row: Omit<ReportRow, 'changed_at'>;
  scan?: ScanRow;
} {
  const { feed, source, report } = options;
  const { evidence } = report;
  const scan = evidence.detail && scanRowOf(evidence.detail);
  const content = {
    namespace: report.namespace,
    controller_kind: report.controller.kind,
    controller_name: report.controller.name,
    container: report.container,
    digest: digestOf(evidence) ?? null,
    repository: evidence.detail?.artifact.repository ?? null,
    status: evidence.status,
    reason: evidence.reason ?? null,
    message: evidence.message ?? null,
    subject: JSON.stringify(evidence.subject),
    expires_at: evidence.expiresAt ?? null,
    scanned_at: evidence.detail?.scannedAt ?? null,
    artifact: evidence.detail ? JSON.stringify(evidence.detail.artifact) : null,
    platform: evidence.detail?.platform ?? null,
    scan_hash: scan?.hash ?? null,
  };
  return {
    row: {
      feed,
      source,
      uid: report.uid,
      resource_version: report.resourceVersion,
      hash: contentHash(content),
      observed_at: evidence.observedAt,
      ...content,
    },
    ...(scan && { scan }),
  };
}

/** What the report is found by; one that could not be made is found all the same, so that its reason is seen. */
function digestOf({
  subject,
  detail,
}: EvidenceOf<'vulnerabilities'>): string | undefined {
  return (
    detail?.artifact.digest ??
    (subject.type === 'content' ? subject.digest : undefined)
  );
}

/** The part of a scan that is stored once. */
export function scanRowOf(detail: VulnerabilityDetail): ScanRow {
  const stored: StoredScan = {
    scanner: detail.scanner,
    os: detail.os,
    findings: detail.findings,
  };
  const text = JSON.stringify(stored);
  return { hash: textHash(text), detail: text };
}

/** The same, read back. */
export function scanDetailOf({ detail }: ScanRow): StoredScan {
  return JSON.parse(detail);
}

/** Options of {@link reportEvidenceOf}. */
export type ReportEvidenceOptions = {
  row: ReportRow;
  /** Absent when the report could not be read. */
  scan: ScanRow | undefined;
};

/** The evidence of a stored report. */
export function reportEvidenceOf(
  options: ReportEvidenceOptions,
): EvidenceOf<'vulnerabilities'> {
  const { row, scan } = options;
  // The columns were written from a value of this type.
  return {
    subject: JSON.parse(row.subject),
    collector: row.feed,
    kind: 'vulnerabilities',
    status: row.status,
    observedAt: row.observed_at,
    ...(row.reason && { reason: row.reason }),
    ...(row.message && { message: row.message }),
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(scan &&
      row.scanned_at &&
      row.artifact && {
        detail: {
          ...scanDetailOf(scan),
          scannedAt: row.scanned_at,
          artifact: JSON.parse(row.artifact),
          ...(row.platform && { platform: row.platform }),
        },
      }),
  } as EvidenceOf<'vulnerabilities'>;
}
