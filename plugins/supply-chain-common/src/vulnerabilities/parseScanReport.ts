import { readCycloneDxReport } from './cyclonedx/parseCycloneDxReport';
import { readGrypeReport } from './grype/parseGrypeReport';
import {
  Json,
  readScanReport,
  ReportProblem,
  ScanReport,
  ScanReportResult,
} from './scanReport';
import { readSarifReport } from './sarif/parseSarifReport';
import { readTrivyReport } from './trivy/parseTrivyReport';

/**
 * Reads the report of a scanner, whose format is recognised from the document itself: `trivy image --format json`,
 * `grype --output json`, CycloneDX from 1.4 on with vulnerabilities, or `trivy image --format sarif`. Never throws. A report that may be incomplete is
 * refused whole: a missing finding would read as a pass (L8).
 *
 * @param options - `scannedAt`, RFC 3339, for a report that does not say when the scan was made: SARIF of Trivy, early versions
 * @public
 */
export function parseScanReport(
  document: string | Uint8Array,
  options: { scannedAt?: string } = {},
): ScanReportResult {
  return readScanReport(document, value => readReportValue(value, options));
}

/**
 * The same for a report that is part of another document.
 *
 * @throws ReportProblem
 */
export function readReportValue(
  value: Json,
  { scannedAt }: { scannedAt?: string } = {},
): ScanReport {
  return readerOf(value)(value, scannedAt);
}

function readerOf(
  value: Json,
): (value: Json, scannedAt?: string) => ScanReport {
  if ('bomFormat' in value) {
    return readCycloneDxReport;
  }
  if ('SchemaVersion' in value) {
    return readTrivyReport;
  }
  if ('matches' in value) {
    return readGrypeReport;
  }
  if ('runs' in value) {
    return readSarifReport;
  }
  throw new ReportProblem(
    'reportFormatUnknown',
    'expected the JSON of Trivy (SchemaVersion), of Grype (matches), of CycloneDX (bomFormat) or SARIF (runs); VEX is OpenVEX (@context)',
  );
}
