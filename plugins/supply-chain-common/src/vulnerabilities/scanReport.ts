import { parseStrictJson } from '../json/parseStrictJson';
import { isRecord } from '../kubernetes/KubernetesObject';
import { Digest } from '../model/digest';
import { ReasonCode } from '../model/reasonCodes';
import { VulnerabilityDetail } from '../model/vulnerability';
import { shortText } from '../text/reportValues';

/** A JSON object of a report; everything in it is unchecked. */
export type Json = Record<string, unknown>;

/** The value as a record; an empty one when it is none. */
export function recordOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** The value as a text; an empty one when it is none. An object may refuse to be made one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as a list; an empty one when it is none. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The records of a list; none when it is no list. */
export function recordsOf(list: unknown): Json[] {
  return listOf(list).filter(isRecord);
}

const MAX_DEPTH = 64;

/**
 * The most bytes a report of a scanner may have.
 *
 * @public
 */
export const SCAN_REPORT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * The formats in which scanners' reports are read: `trivy image --format json`, `grype --output json`, CycloneDX with
 * vulnerabilities, and `trivy image --format sarif`.
 *
 * @public
 */
export type ScanReportFormat = 'trivy' | 'grype' | 'cyclonedx' | 'sarif';

/**
 * A report about one image, reduced to what a verdict may rest on. Everything in it is what the report claims; whoever
 * uses it says which image it belongs to (L2).
 *
 * @public
 */
export type ScanReport = {
  format: ScanReportFormat;
  /** What the scanner was asked to scan, as written. */
  artifactName?: string;
  /** Digests of manifests or indexes it says it scanned, in its order. */
  digests: Digest[];
  /** Digest of the image configuration; with some image stores that of the manifest. */
  imageId?: Digest;
  /**
   * Whether it is about packages. Where it is not, the scanner may have looked for something else, or may not know what
   * is in the image: nothing found is then no result (L8).
   */
  coversPackages: boolean;
  /** Without `artifact`, which only the comparison with an image can tell. */
  detail: Omit<VulnerabilityDetail, 'artifact'>;
};

/**
 * Result of reading a report. The message quotes the report: hostile text (L32).
 *
 * @public
 */
export type ReportResult<T> =
  | { ok: true; report: T }
  | { ok: false; reason: ReasonCode; message: string };

/**
 * Result of reading a report about one image.
 *
 * @public
 */
export type ScanReportResult = ReportResult<ScanReport>;

/** Why a report cannot be used; {@link readReport} makes a result of it. */
export class ReportProblem extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
  }
}

/**
 * Reads a document as JSON within limits and gives it to the reader of its format. Never throws. A report that may be
 * incomplete is refused whole: a missing finding would read as a pass (L8).
 */
export function readReport<T>(
  document: string | Uint8Array,
  read: (value: unknown) => T,
  {
    maxDepth = MAX_DEPTH,
    maxBytes = SCAN_REPORT_MAX_BYTES,
  }: { maxDepth?: number; maxBytes?: number } = {},
): ReportResult<T> {
  const parsed = parseStrictJson(document, { maxBytes, maxDepth });
  return reportResult(() => {
    if (!parsed.ok) {
      const tooLarge = parsed.problem === 'tooLarge';
      throw new ReportProblem(
        tooLarge ? 'reportTooLarge' : 'malformedReport',
        parsed.message,
      );
    }
    return read(parsed.value);
  });
}

/** The result of reading something, where a {@link ReportProblem} says why it cannot be used. */
export function reportResult<T>(read: () => T): ReportResult<T> {
  try {
    return { ok: true, report: read() };
  } catch (error) {
    if (!(error instanceof ReportProblem)) {
      throw error;
    }
    return { ok: false, reason: error.reason, message: error.message };
  }
}

/** The same for formats whose document is an object. */
export function readScanReport(
  document: string | Uint8Array,
  read: (value: Json) => ScanReport,
): ScanReportResult {
  return readReport(document, value => {
    if (!isRecord(value)) {
      throw new ReportProblem('malformedReport', 'expected a JSON object');
    }
    return read(value);
  });
}

/**
 * Refuses a value that is not the one a format or its version asks for.
 *
 * @throws ReportProblem
 */
export function expectFormat(
  what: string,
  value: unknown,
  expected: readonly unknown[],
  reason: ReasonCode = 'reportFormatUnknown',
): void {
  if (!expected.includes(value)) {
    const choice = expected.map(each => JSON.stringify(each)).join(' or ');
    throw new ReportProblem(
      reason,
      `expected ${what} ${choice}, got ${shown(value)}`,
    );
  }
}

/** A value of a report as messages quote it. */
function shown(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return shortText(text, 100) ?? text;
}
