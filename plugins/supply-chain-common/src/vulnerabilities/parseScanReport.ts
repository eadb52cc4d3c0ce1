import { readCycloneDxReport } from './cyclonedx/parseCycloneDxReport';
import { readGrypeReport } from './grype/parseGrypeReport';
import {
  Json,
  readScanReport,
  ReportProblem,
  ScanReport,
  ScanReportResult,
} from './scanReport';
import { readTrivyReport } from './trivy/parseTrivyReport';

/**
 * Reads the report of a scanner, whose format is recognised from the document itself: `trivy image --format json`,
 * `grype --output json`, or CycloneDX from 1.4 on with vulnerabilities. Never throws. A report that may be incomplete is
 * refused whole: a missing finding would read as a pass (L8).
 *
 * @public
 */
export function parseScanReport(
  document: string | Uint8Array,
): ScanReportResult {
  return readScanReport(document, readReportValue);
}

/**
 * The same for a report that is part of another document.
 *
 * @throws ReportProblem
 */
export function readReportValue(value: Json): ScanReport {
  return readerOf(value)(value);
}

function readerOf(value: Json): (value: Json) => ScanReport {
  if ('bomFormat' in value) {
    return readCycloneDxReport;
  }
  if ('SchemaVersion' in value) {
    return readTrivyReport;
  }
  if ('matches' in value) {
    return readGrypeReport;
  }
  throw new ReportProblem(
    'reportFormatUnknown',
    'expected the JSON of Trivy (SchemaVersion), of Grype (matches) or of CycloneDX (bomFormat)',
  );
}
