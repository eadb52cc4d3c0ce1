import { parseDigest } from '../../model/digest';
import { instant, shortText } from '../../text/reportValues';
import { definedOnly } from '../definedOnly';
import {
  digestsIn,
  operatingSystemOf,
  platformOf,
  scannerOf,
} from '../scannedImage';
import {
  expectFormat,
  Json,
  listOf,
  readScanReport,
  recordOf,
  ReportProblem,
  ScanReport,
  ScanReportResult,
} from '../scanReport';
import { settledFindings } from '../settledFindings';
import { isDefaultIgnoreRule } from './isDefaultIgnoreRule';
import { parseGrypeMatch } from './parseGrypeMatch';

/**
 * Reads a report of `grype --output json` about an image. Never throws. A report that may be incomplete, or that does
 * not say when it was made (as of early versions), is refused whole (L8).
 *
 * @public
 */
export function parseGrypeReport(
  document: string | Uint8Array,
): ScanReportResult {
  return readScanReport(document, readGrypeReport);
}

/**
 * @param time - RFC 3339, for a report of a version that does not say when it was made
 * @throws ReportProblem
 */
export function readGrypeReport(value: Json, time?: string): ScanReport {
  const [descriptor, source] = [value.descriptor, value.source].map(recordOf);
  expectFormat('descriptor.name', descriptor.name, ['grype']);
  expectFormat('source.type', source.type, ['image']);
  const scannedAt = instant(descriptor.timestamp) ?? instant(time);
  if (!scannedAt) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say when it was made (descriptor.timestamp)',
    );
  }
  const target = recordOf(source.target);
  const distro = recordOf(value.distro);
  const os = operatingSystemOf(distro.name, distro.version);
  const findings = settledFindings(matchesOf(value), parseGrypeMatch);
  return {
    format: 'grype',
    digests: digestsOf(target),
    // It lists no packages: that it knew the system, or found something, is all that says it saw some.
    coversPackages: findings.length > 0 || os !== undefined,
    ...definedOnly({
      artifactName: shortText(target.userInput, 512),
      imageId: parseDigest(target.imageID),
    }),
    detail: {
      scanner: scannerOf('Grype', descriptor.version),
      scannedAt,
      ...definedOnly({ platform: imagePlatform(target), os }),
      findings,
    },
  };
}

/**
 * What Grype was told to ignore counts as well: only the policy sets aside. What it takes for no match without being told
 * does not.
 */
function matchesOf({ matches, ignoredMatches = [] }: Json): unknown[] {
  const ignored = ignoredMatches ?? [];
  if (!Array.isArray(matches) || !Array.isArray(ignored)) {
    throw new ReportProblem('malformedReport', 'it has no list of matches');
  }
  return [...matches, ...ignored.filter(isIgnoredBySomebody)];
}

function isIgnoredBySomebody(match: unknown): boolean {
  const rules = listOf(recordOf(match).appliedIgnoreRules);
  return rules.length === 0 || !rules.every(isDefaultIgnoreRule);
}

/** The manifest of the platform first: of an index Grype names that in `repoDigests`. */
function digestsOf({ manifestDigest, repoDigests, userInput }: Json) {
  const names: unknown[] = Array.isArray(repoDigests) ? repoDigests : [];
  return digestsIn([manifestDigest, ...names, userInput]);
}

function imagePlatform({ os, architecture, architectureVariant }: Json) {
  return platformOf({ os, architecture, variant: architectureVariant });
}
