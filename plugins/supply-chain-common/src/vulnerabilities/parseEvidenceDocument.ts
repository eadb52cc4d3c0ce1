import { VexDetail } from '../model/vex';
import {
  isOpenVex,
  readOpenVexValue,
  VEX_MAX_BYTES,
} from './openvex/parseOpenVex';
import { readReportValue } from './parseScanReport';
import {
  Json,
  readReport,
  ReportProblem,
  ReportResult,
  ScanReport,
} from './scanReport';
import { isRecord } from '../kubernetes/KubernetesObject';

/**
 * What somebody may hand in: a report of a scan, or a VEX document.
 *
 * @public
 */
export type EvidenceDocument =
  | { kind: 'vulnerabilities'; report: ScanReport }
  | { kind: 'vex'; document: VexDetail };

/**
 * Reads a document of any kind that may be handed in; which one it is, is recognised from the document itself. Never
 * throws.
 *
 * @param options - As for `parseScanReport`.
 * @public
 */
export function parseEvidenceDocument(
  document: string | Uint8Array,
  options: Parameters<typeof readReportValue>[1] = {},
): ReportResult<EvidenceDocument> {
  return readReport(document, (value): EvidenceDocument => {
    if (!isRecord(value)) {
      throw new ReportProblem('malformedReport', 'expected a JSON object');
    }
    return isOpenVex(value)
      ? readVex(value, document.length)
      : { kind: 'vulnerabilities', report: readReportValue(value, options) };
  });
}

function readVex(value: Json, bytes: number): EvidenceDocument {
  if (bytes > VEX_MAX_BYTES) {
    throw new ReportProblem(
      'reportTooLarge',
      `expected at most ${VEX_MAX_BYTES} bytes, got ${bytes}`,
    );
  }
  return { kind: 'vex', document: readOpenVexValue(value) };
}
