import { parseStrictJson, StrictJsonProblem } from '../../json/parseStrictJson';
import { isRecord } from '../../kubernetes/KubernetesObject';
import { Digest, parseDigest } from '../../model/digest';
import { ReasonCode } from '../../model/reasonCodes';
import { VulnerabilityDetail } from '../../model/vulnerability';
import { instant, shortText } from '../../text/reportValues';
import { parseTrivyResults } from './parseTrivyResults';

type Json = Record<string, unknown>;

/** Largest report that is read. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 64;
/** Digests a report may name; an image has one for each repository it was pulled from. */
const MAX_DIGESTS = 100;

/**
 * The most bytes {@link parseTrivyReport} takes.
 *
 * @public
 */
export const TRIVY_REPORT_MAX_BYTES = MAX_BYTES;

/**
 * A report of `trivy image --format json`, reduced to what a verdict may rest on. Everything in it is what the report
 * claims; whoever uses it says which image it belongs to (L2).
 *
 * @public
 */
export type TrivyReport = {
  /** What Trivy was asked to scan, as written. */
  artifactName?: string;
  /** Digests of manifests or indexes it says it scanned, in its order. */
  digests: Digest[];
  /** Digest of the image configuration; with some image stores that of the manifest. */
  imageId?: Digest;
  /**
   * Whether it is about packages. Where it is not, Trivy may have looked for secrets or licences only, or may not know
   * what is in the image: nothing found is then no result (L8).
   */
  coversPackages: boolean;
  /** Without `artifact`, which only the comparison with an image can tell. */
  detail: Omit<VulnerabilityDetail, 'artifact'>;
};

/**
 * Result of {@link parseTrivyReport}. The message quotes the report: hostile text (L32).
 *
 * @public
 */
export type TrivyReportResult =
  | { ok: true; report: TrivyReport }
  | { ok: false; reason: ReasonCode; message: string };

/** Why a report cannot be used. */
class ReportProblem extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
  }
}

/**
 * Reads a report of `trivy image --format json` (SchemaVersion 2). Never throws. A report that may be incomplete is
 * refused whole: a missing finding would read as a pass (L8).
 *
 * @public
 */
export function parseTrivyReport(
  document: string | Uint8Array,
): TrivyReportResult {
  const parsed = parseStrictJson(document, {
    maxBytes: MAX_BYTES,
    maxDepth: MAX_DEPTH,
  });
  if (!parsed.ok) {
    return {
      ok: false,
      reason: reasonOf(parsed.problem),
      message: parsed.message,
    };
  }
  try {
    return { ok: true, report: readReport(parsed.value) };
  } catch (error) {
    if (!(error instanceof ReportProblem)) {
      throw error;
    }
    return { ok: false, reason: error.reason, message: error.message };
  }
}

function reasonOf(problem: StrictJsonProblem): ReasonCode {
  return problem === 'tooLarge' ? 'reportTooLarge' : 'malformedReport';
}

function readReport(value: unknown): TrivyReport {
  if (!isRecord(value)) {
    throw new ReportProblem('malformedReport', 'expected a JSON object');
  }
  checkFormat(value);
  const scannedAt = instant(value.CreatedAt);
  if (!scannedAt) {
    throw new ReportProblem(
      'malformedReport',
      'it does not say when it was made (CreatedAt)',
    );
  }
  const results = parseTrivyResults(value.Results);
  if (!results.ok) {
    throw new ReportProblem(results.reason, results.message);
  }
  const metadata = isRecord(value.Metadata) ? value.Metadata : {};
  const artifactName = shortText(value.ArtifactName, 512);
  const imageId = parseDigest(metadata.ImageID);
  const platform = platformOf(metadata.ImageConfig);
  const os = operatingSystemOf(metadata.OS);
  const { findings, coversPackages } = results;
  return {
    ...(artifactName && { artifactName }),
    digests: digestsOf(metadata, value.ArtifactName),
    ...(imageId && { imageId }),
    coversPackages,
    detail: {
      scanner: scannerOf(value.Trivy),
      scannedAt,
      ...(platform && { platform }),
      ...(os && { os }),
      findings,
    },
  };
}

function checkFormat({ SchemaVersion, ArtifactType }: Json): void {
  if (SchemaVersion !== 2) {
    throw new ReportProblem(
      'reportFormatUnknown',
      `expected SchemaVersion 2, got ${shown(SchemaVersion)}`,
    );
  }
  if (ArtifactType !== 'container_image') {
    throw new ReportProblem(
      'reportFormatUnknown',
      `expected ArtifactType "container_image", got ${shown(ArtifactType)}`,
    );
  }
}

function shown(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return shortText(text, 100) ?? text;
}

/** `RepoDigests` and, for an image named by digest, its name: `host/path@sha256:…`. */
function digestsOf(metadata: Json, artifactName: unknown): Digest[] {
  const { RepoDigests } = metadata;
  const names: unknown[] = Array.isArray(RepoDigests) ? RepoDigests : [];
  const digests = [...names, artifactName]
    .slice(0, MAX_DIGESTS)
    .flatMap(name => {
      const text = typeof name === 'string' ? name : '';
      return parseDigest(text.slice(text.lastIndexOf('@') + 1)) ?? [];
    });
  return [...new Set(digests)];
}

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties */
function platformOf(config: unknown): string | undefined {
  const { os, architecture, variant } = isRecord(config)
    ? config
    : ({} as Json);
  return isWord(os) && isWord(architecture)
    ? [os, architecture, ...(isWord(variant) ? [variant] : [])].join('/')
    : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value);
}

function operatingSystemOf(os: unknown): VulnerabilityDetail['os'] {
  const family = isRecord(os) ? shortText(os.Family, 100) : undefined;
  if (!isRecord(os) || !family) {
    return undefined;
  }
  const name = shortText(os.Name, 100);
  return {
    family,
    ...(name && { name }),
    ...(os.EOSL === true && { endOfLife: true }),
  };
}

/** Newer versions say which one they are. */
function scannerOf(trivy: unknown): VulnerabilityDetail['scanner'] {
  const version = isRecord(trivy) ? shortText(trivy.Version, 100) : undefined;
  return { name: 'Trivy', ...(version && { version }) };
}
