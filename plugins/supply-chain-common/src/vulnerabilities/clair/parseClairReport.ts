import { isRecord } from '../../kubernetes/KubernetesObject';
import { Digest, parseDigest } from '../../model/digest';
import { VulnerabilityDetail } from '../../model/vulnerability';
import { operatingSystemOf } from '../scannedImage';
import {
  Json,
  readReport,
  ReportProblem,
  ReportResult,
  textOf,
} from '../scanReport';
import { mapOf } from './clairDocument';
import { findingsOf } from './clairFindings';

const MAX_DEPTH = 32;

/**
 * A vulnerability report of Clair v4, reduced to what a verdict may rest on. Everything in it is what the report claims.
 *
 * @public
 */
export type ClairReport = {
  /** Digest of the platform manifest that was indexed. */
  digest: Digest;
  /**
   * Whether Clair found packages. Where it found none it may not know what is in the image: nothing found is then no
   * result (L8).
   */
  coversPackages: boolean;
  /** Vulnerabilities by package, version and name, each once, before advisories are taken apart into CVEs. */
  reported: number;
  /** Without what the report does not say: when it was made, and the place of the image. */
  detail: Pick<VulnerabilityDetail, 'scanner' | 'os' | 'findings'>;
};

/**
 * Reads a vulnerability report of Clair v4, whatever content type it was served with. Never throws. A report that may
 * be incomplete is refused whole: a missing finding would read as a pass (L8).
 *
 * @public
 */
export function parseClairReport(
  document: string | Uint8Array,
): ReportResult<ClairReport> {
  return readReport(document, readClairReport, { maxDepth: MAX_DEPTH });
}

function readClairReport(value: unknown): ClairReport {
  if (!isRecord(value)) {
    throw new ReportProblem(
      'reportFormatUnknown',
      'expected a vulnerability report of Clair v4, got no object',
    );
  }
  checkFormat(value);
  const digest = parseDigest(value.manifest_hash);
  if (!digest) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say which manifest it is about (manifest_hash)',
    );
  }
  const os = systemOf(value);
  const { findings, reported } = findingsOf(value);
  return {
    digest,
    coversPackages: Object.keys(mapOf(value, 'packages')).length > 0,
    reported,
    detail: { scanner: { name: 'Clair' }, ...(os && { os }), findings },
  };
}

/** What is no vulnerability report of Clair v4, by what it is. */
const OTHER_FORMATS: readonly [(value: Json) => boolean, string][] = [
  [
    value => 'state' in value || 'success' in value,
    'an index report, which says nothing of vulnerabilities',
  ],
  [
    value => 'Layer' in value || 'LayerCount' in value || 'image' in value,
    'one of Clair v2 or its clients',
  ],
  [value => 'status' in value && 'data' in value, 'one of Quay'],
  [value => 'code' in value && 'message' in value, 'an error'],
];

function checkFormat(value: Json): void {
  const isComplete = ['packages', 'vulnerabilities', 'package_vulnerabilities']
    // A report that was not finished has the former keys only.
    .every(key => Object.hasOwn(value, key));
  const other = OTHER_FORMATS.find(([is]) => is(value))?.[1];
  if (!isComplete || other) {
    throw new ReportProblem(
      'reportFormatUnknown',
      `expected a vulnerability report of Clair v4, got ${
        other ?? 'another document'
      }`,
    );
  }
}

function systemOf(report: Json): VulnerabilityDetail['os'] {
  const known = Object.values(mapOf(report, 'distributions')).filter(isRecord);
  const [{ did, version_id, version }] =
    known.length === 1 ? known : [{} as Json];
  return operatingSystemOf(did, textOf(version_id) || textOf(version));
}
