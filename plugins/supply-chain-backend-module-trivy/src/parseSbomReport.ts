import {
  CycloneDxSbom,
  instant,
  isOfCluster,
  isRecord,
  KubernetesObject,
  readCycloneDxClusterSbom,
  readCycloneDxSbom,
  ReportResult,
  SbomDetail,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  ParsedReport,
  ReportOrigin,
} from 'backstage-plugin-supply-chain-node';
import { clusterScopedReport, containerReport } from './containerReport';
import { Json, reportOf, ReportProblem } from './reportContent';
import { parseArtifact, parseScanner } from './scannedArtifact';

/** What a document says of the image it is of. */
type Described = Pick<CycloneDxSbom, 'digests' | 'imageId'>;

/** Id of the feed these reports come from. */
export const TRIVY_SBOM_FEED_ID = 'trivy-sboms';

/**
 * What SBOMs are read from: reports on containers, and those in no namespace.
 *
 * @public
 */
export const SBOM_RESOURCES = ['sbomreports', 'clustersbomreports'] as const;

/**
 * Plural of one of {@link SBOM_RESOURCES}.
 *
 * @public
 */
export type SbomResource = (typeof SBOM_RESOURCES)[number];

/**
 * Reads a SbomReport or ClusterSbomReport of Trivy Operator. Never throws. One that cannot be used is evidence that says
 * why; but for one of another digest, which is nothing wrong with the source, it is a problem too.
 *
 * A ClusterSbomReport is of the cluster, or it is what the operator keeps of an image by its tag. Its document says which,
 * and of the second kind it alone says what it describes: a tag identifies nothing (L2).
 *
 * @public
 */
export function parseSbomReport(
  object: KubernetesObject,
  origin: ReportOrigin<SbomResource>,
): ParsedReport<ObservedReport<'sbom'>> {
  const { resource, ...rest } = origin;
  const options = {
    ...rest,
    collector: TRIVY_SBOM_FEED_ID,
    kind: 'sbom' as const,
    observedAt: ({ generatedAt }: SbomDetail) => generatedAt,
  };
  const content = () => reportOf(object, origin.expected);
  const report =
    resource === 'sbomreports'
      ? containerReport(object, {
          ...options,
          read: () => detailOfImage(content(), artifactOfContainer),
        })
      : clusterScopedReport(object, {
          ...options,
          read: () => detailInNoNamespace(content()),
        });
  const { reason, message } = report.evidence;
  return reason === undefined || reason === 'sbomOtherDigest'
    ? { kind: 'report', report }
    : { kind: 'report', report, problem: message };
}

/** The document is called `components`, as is the list in it. The operator leaves out a list that is empty. */
function documentOf({ components }: Json): Json {
  return { components: [], ...(isRecord(components) ? components : {}) };
}

function detailInNoNamespace(report: Json): SbomDetail {
  if (!isOfCluster(documentOf(report))) {
    return detailOfImage(report, artifactOfDocument);
  }
  const { name, version, ...sbom } = accepted(
    readCycloneDxClusterSbom(documentOf(report)),
  );
  return completed(report, sbom, () => ({
    ...(name && { repository: name }),
    ...(version && { tag: version }),
  }));
}

function detailOfImage(
  report: Json,
  artifactOf: (report: Json, described: Described) => SbomDetail['artifact'],
): SbomDetail {
  const { digests, imageId, ...sbom } = accepted(
    readCycloneDxSbom(documentOf(report)),
  );
  return completed(report, sbom, () =>
    artifactOf(report, { digests, imageId }),
  );
}

function accepted<T>(read: ReportResult<T>): T {
  if (!read.ok) {
    throw new ReportProblem(read.message, read.reason);
  }
  return read.report;
}

/** A list that may be incomplete is refused whole (L8). */
function completed(
  report: Json,
  sbom: Omit<SbomDetail, 'artifact' | 'generatedAt'> & { generatedAt?: string },
  artifactOf: () => SbomDetail['artifact'],
): SbomDetail {
  const counted = countedComponents(report);
  // Its count has what is described in it: one more than the list.
  const listed = sbom.components.length;
  if (counted === undefined ? listed === 0 : listed < counted - 1) {
    throw new ReportProblem(
      `lists ${listed} components and counts ${counted ?? 'none'}`,
    );
  }
  const generatedAt = sbom.generatedAt ?? instant(report.updateTimestamp);
  if (!generatedAt) {
    throw new ReportProblem('does not say when it was made');
  }
  return {
    ...sbom,
    generatedAt,
    tool: toolOf(report, sbom.tool),
    artifact: artifactOf(),
  };
}

/** @see https://github.com/aquasecurity/trivy-operator/blob/v0.32.0/pkg/sbomreport/builder.go */
function countedComponents({ summary }: Json): number | undefined {
  const count = isRecord(summary) ? summary.componentsCount : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count)
    ? count
    : undefined;
}

/** The document of some versions does not say which Trivy made it; the report does. */
function toolOf(report: Json, tool: SbomDetail['tool']): SbomDetail['tool'] {
  const scanner = parseScanner(report.scanner);
  return tool.version === undefined && tool.name === scanner.name
    ? scanner
    : tool;
}

/**
 * What the document is of. The operator may put the SBOM it kept for a tag into the report on a container that runs another
 * digest, so the digest the document names decides; that of the report may be the one of the image configuration.
 */
function artifactOfContainer(
  report: Json,
  described: Described,
): SbomDetail['artifact'] {
  const { digest, ...artifact } = parseArtifact(report);
  const { digests, imageId } = described;
  if (digest && digest !== imageId) {
    if (digests.length > 0 && !digests.includes(digest)) {
      throw new ReportProblem(
        `the report is on ${digest}, and the SBOM in it describes ${digests[0]}`,
        'sbomOtherDigest',
      );
    }
    return { ...artifact, digest };
  }
  return artifactOfDocument(report, described);
}

/** Whatever digest the report is on. */
function artifactOfDocument(
  report: Json,
  { digests: [digest] }: Described,
): SbomDetail['artifact'] {
  if (!digest) {
    throw new ReportProblem(
      'does not say which digest it describes',
      'sbomWithoutDigest',
    );
  }
  return { ...parseArtifact(report), digest };
}
