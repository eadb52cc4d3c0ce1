import { instant } from '../../text/reportValues';
import {
  expectFormat,
  Json,
  readScanReport,
  recordOf,
  ReportProblem,
  ScanReport,
  ScanReportResult,
} from '../scanReport';
import { settledFindings } from '../settledFindings';
import { definedOnly } from '../definedOnly';
import { CycloneDxComponents } from './CycloneDxComponents';
import { imageOf } from './imageOf';
import { parseCycloneDxVulnerability } from './parseVulnerability';
import { scannerOfTools } from './scannerOfTools';
import { SPEC_VERSIONS } from './specVersions';

/**
 * Reads a CycloneDX document (JSON, 1.4 to 1.7) of an image with its vulnerabilities. Never throws. One that does not
 * show that vulnerabilities were looked for, or that may be incomplete, is refused whole (L8).
 *
 * @public
 */
export function parseCycloneDxReport(
  document: string | Uint8Array,
): ScanReportResult {
  return readScanReport(document, readCycloneDxReport);
}

/** @throws ReportProblem */
export function readCycloneDxReport(value: Json): ScanReport {
  expectFormat('bomFormat', value.bomFormat, ['CycloneDX']);
  expectFormat('specVersion', value.specVersion, SPEC_VERSIONS);
  const metadata = recordOf(value.metadata);
  const subject = recordOf(metadata.component);
  expectFormat('metadata.component.type', subject.type, ['container']);
  const scannedAt = instant(metadata.timestamp);
  if (!scannedAt) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say when it was made (metadata.timestamp)',
    );
  }
  const scanner = scannerOfTools(metadata.tools);
  const components = CycloneDxComponents.of(subject, value.components);
  const vulnerabilities = vulnerabilitiesOf(value, scanner.name);
  const { platform, os, ...image } = imageOf(subject, components);
  return {
    format: 'cyclonedx',
    ...image,
    coversPackages: vulnerabilities.length > 0 || components.size > 0,
    detail: {
      scanner,
      scannedAt,
      ...definedOnly({ platform, os }),
      findings: settledFindings(vulnerabilities, each =>
        parseCycloneDxVulnerability(each, components),
      ),
    },
  };
}

/**
 * A list of components has no vulnerabilities, and Trivy writes an empty list of them into one: whether they were looked
 * for shows only when some were found, or in a document of a program that does nothing else.
 */
function vulnerabilitiesOf(
  { vulnerabilities }: Json,
  scanner: string,
): unknown[] {
  const list = vulnerabilities ?? [];
  if (!Array.isArray(list)) {
    throw new ReportProblem(
      'malformedReport',
      'it has no list of vulnerabilities',
    );
  }
  const looksForNothingElse = scanner === 'Grype';
  if (
    list.length === 0 &&
    !(looksForNothingElse && vulnerabilities !== undefined)
  ) {
    throw new ReportProblem(
      'scanWithoutPackages',
      "it has no vulnerabilities, and nothing in it says that they were looked for; give the scanner's own JSON",
    );
  }
  return list;
}
