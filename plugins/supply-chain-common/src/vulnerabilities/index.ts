export { vulnerabilityClockKey } from './vulnerabilityClockKey';
export * from './severityRank';
export * from './selectScans';
export { relateScan } from './relateScan';
export type {
  DescribedContent,
  RunningSubject,
  ScanRelation,
} from './relateScan';
export * from './fixDeadline';
export * from './overdueFindings';
export * from './scannerValues';
export * from './distinctFindings';
export * from './merge';
export * from './comparison';
export * from './upgrade';
export * from './attestedScansOf';
export * from './clockOf';
export * from './priority';
export * from './trivy';
export * from './grype';
export * from './cyclonedx';
export * from './parseScanReport';
export * from './parseEvidenceDocument';
export * from './openvex';
export * from './vex';
export * from './compareText';
export * from './canonicalVulnerabilityId';
export * from './definedOnly';
export * from './fixStateOf';
export { ratedByVendors, statedScore } from './cvssRatings';
export type { Rated } from './cvssRatings';
export { SCAN_REPORT_MAX_BYTES } from './scanReport';
export type {
  ReportResult,
  ScanReport,
  ScanReportFormat,
  ScanReportResult,
} from './scanReport';
