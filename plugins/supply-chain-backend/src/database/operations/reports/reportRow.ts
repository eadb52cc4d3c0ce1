import { EvidenceOf } from 'backstage-plugin-supply-chain-common';
import { PackedReport, ScanContent } from 'backstage-plugin-supply-chain-node';
import { contentHash } from '../../contentHash';
import { ReportRow } from '../../tables';

/** Options of {@link reportRowOf}. */
export type ReportRowOptions = {
  feed: string;
  source: string;
  report: PackedReport;
};

/** A report as it stands in the tables. */
export function reportRowOf(
  options: ReportRowOptions,
): Omit<ReportRow, 'changed_at'> {
  const { feed, source, report } = options;
  const { evidence } = report;
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
    scan_hash: evidence.detail?.packed.hash ?? null,
  };
  return {
    feed,
    source,
    uid: report.uid,
    resource_version: report.resourceVersion,
    hash: contentHash(content),
    observed_at: evidence.observedAt,
    ...content,
  };
}

/** What the report is found by; one that could not be made is found all the same, so that its reason is seen. */
function digestOf({
  subject,
  detail,
}: PackedReport['evidence']): string | undefined {
  return (
    detail?.artifact.digest ??
    (subject.type === 'content' ? subject.digest : undefined)
  );
}

/** Options of {@link reportEvidenceOf}. */
export type ReportEvidenceOptions = {
  row: ReportRow;
  /** Absent when the report could not be read. */
  scan: ScanContent | undefined;
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
          ...scan,
          scannedAt: row.scanned_at,
          artifact: JSON.parse(row.artifact),
          ...(row.platform && { platform: row.platform }),
        },
      }),
  } as EvidenceOf<'vulnerabilities'>;
}
