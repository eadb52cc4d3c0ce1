import {
  EvidenceOf,
  LastLook,
  ReasonCode,
} from 'backstage-plugin-supply-chain-common';
import { PackedReport, ScanContent } from 'backstage-plugin-supply-chain-node';
import { contentHash } from '../../contentHash';
import { storableMessage, storableName } from '../../storable';
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
    namespace: storableName(report.namespace),
    controller_kind: storableName(report.controller.kind),
    controller_name: storableName(report.controller.name),
    container: storableName(report.container),
    digest: nameOrNull(digestOf(evidence)),
    repository: nameOrNull(evidence.detail?.artifact.repository),
    status: evidence.status,
    reason: evidence.reason ?? null,
    message: storableMessage(evidence.message),
    subject: JSON.stringify(evidence.subject),
    expires_at: evidence.expiresAt ?? null,
    scanned_at: evidence.detail?.scannedAt ?? null,
    artifact: evidence.detail ? JSON.stringify(evidence.detail.artifact) : null,
    platform: nameOrNull(evidence.detail?.platform),
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
    gone_at: null,
    last_look: null,
  };
}

function nameOrNull(name: string | undefined): string | null {
  return name === undefined ? null : storableName(name);
}

/** Options of {@link withEarlierScan}. */
export type EarlierScanOptions = {
  row: Omit<ReportRow, 'changed_at'>;
  /** The report as it is stored. */
  before: ReportRow | undefined;
  now: Date;
};

/** A row as it is to be stored: of a report that cannot be read any more the scan it had stands, beside why (L6). */
export function withEarlierScan(
  options: EarlierScanOptions,
): Omit<ReportRow, 'changed_at'> {
  const { row, before, now } = options;
  const isFailure = row.status === 'invalid' || row.status === 'unavailable';
  if (!isFailure || !row.reason || !before || before.scan_hash === null) {
    return row;
  }
  const { resource_version, hash, gone_at } = row;
  const { changed_at, ...earlier } = before;
  const lastLook: LastLook = {
    failedAt: now.toISOString(),
    reason: row.reason as ReasonCode,
  };
  return {
    ...earlier,
    resource_version,
    hash,
    gone_at,
    last_look: JSON.stringify(lastLook),
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
    ...(row.last_look && { lastLook: JSON.parse(row.last_look) }),
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
