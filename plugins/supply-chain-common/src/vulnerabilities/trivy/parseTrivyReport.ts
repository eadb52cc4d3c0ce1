import { parseDigest } from '../../model/digest';
import { VulnerabilityDetail } from '../../model/vulnerability';
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
  readScanReport,
  recordOf,
  ReportProblem,
  ScanReport,
  ScanReportResult,
} from '../scanReport';
import { parseTrivyResults } from './parseTrivyResults';

/**
 * Reads a report of `trivy image --format json` (SchemaVersion 2). Never throws. A report that may be incomplete is
 * refused whole: a missing finding would read as a pass (L8).
 *
 * @public
 */
export function parseTrivyReport(
  document: string | Uint8Array,
): ScanReportResult {
  return readScanReport(document, readTrivyReport);
}

/**
 * @param time - RFC 3339, for a report of a version that does not say when it was made
 * @throws ReportProblem
 */
export function readTrivyReport(value: Json, time?: string): ScanReport {
  expectFormat('SchemaVersion', value.SchemaVersion, [2]);
  expectFormat('ArtifactType', value.ArtifactType, ['container_image']);
  const scannedAt = instant(value.CreatedAt) ?? instant(time);
  if (!scannedAt) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say when it was made (CreatedAt)',
    );
  }
  const { findings, coversPackages } = parseTrivyResults(value.Results);
  const metadata = recordOf(value.Metadata);
  return {
    format: 'trivy',
    digests: digestsOf(metadata, value.ArtifactName),
    coversPackages,
    ...definedOnly({
      artifactName: shortText(value.ArtifactName, 512),
      imageId: parseDigest(metadata.ImageID),
    }),
    detail: {
      // Newer versions say which one they are.
      scanner: scannerOf('Trivy', recordOf(value.Trivy).Version),
      scannedAt,
      ...definedOnly({
        platform: imagePlatform(recordOf(metadata.ImageConfig)),
        os: systemOf(recordOf(metadata.OS)),
      }),
      findings,
    },
  };
}

/** `RepoDigests` and, for an image named by digest, its name: `host/path@sha256:…`. */
function digestsOf({ RepoDigests }: Json, artifactName: unknown) {
  const names: unknown[] = Array.isArray(RepoDigests) ? RepoDigests : [];
  return digestsIn([...names, artifactName]);
}

function imagePlatform({ os, architecture, variant }: Json) {
  return platformOf({ os, architecture, variant });
}

function systemOf({ Family, Name, EOSL }: Json): VulnerabilityDetail['os'] {
  const os = operatingSystemOf(Family, Name);
  return os && { ...os, ...(EOSL === true && { endOfLife: true }) };
}
