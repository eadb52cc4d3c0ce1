import {
  CycloneDxSbom,
  instant,
  isRecord,
  KubernetesObject,
  readCycloneDxSbom,
  SbomDetail,
} from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  ParsedReport,
  ReportOrigin,
} from 'backstage-plugin-supply-chain-node';
import { containerReport } from './containerReport';
import { Json, reportOf, ReportProblem } from './reportContent';
import { parseArtifact, parseScanner } from './scannedArtifact';

/** Id of the feed these reports come from. */
export const TRIVY_SBOM_FEED_ID = 'trivy-sboms';

/**
 * Reads a SbomReport of Trivy Operator. Never throws. One that cannot be used is evidence that says why; but for one of
 * another digest, which is nothing wrong with the source, it is a problem too.
 *
 * @public
 */
export function parseSbomReport(
  object: KubernetesObject,
  origin: ReportOrigin<'sbomreports'>,
): ParsedReport<ObservedReport<'sbom'>> {
  const report = containerReport(object, {
    ...origin,
    collector: TRIVY_SBOM_FEED_ID,
    kind: 'sbom',
    read: () => parseSbomDetail(reportOf(object, origin.expected)),
    observedAt: ({ generatedAt }) => generatedAt,
  });
  const { reason, message } = report.evidence;
  return reason === undefined || reason === 'sbomOtherDigest'
    ? { kind: 'report', report }
    : { kind: 'report', report, problem: message };
}

function parseSbomDetail(report: Json): SbomDetail {
  // The document is called `components`, as is the list in it. The operator leaves out a list that is empty.
  const document = isRecord(report.components) ? report.components : {};
  const counted = countedComponents(report);
  const read = readCycloneDxSbom({ components: [], ...document });
  if (!read.ok) {
    throw new ReportProblem(read.message, read.reason);
  }
  const { digests, imageId, ...sbom } = read.report;
  // Its count has the image itself in it: one more than the list.
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
    artifact: describedArtifact(report, { digests, imageId }),
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
function describedArtifact(
  report: Json,
  { digests, imageId }: Pick<CycloneDxSbom, 'digests' | 'imageId'>,
): SbomDetail['artifact'] {
  const { digest, ...artifact } = parseArtifact(report);
  const [described] = digests;
  if (digest && digest !== imageId) {
    if (described && !digests.includes(digest)) {
      throw new ReportProblem(
        `the report is on ${digest}, and the SBOM in it describes ${described}`,
        'sbomOtherDigest',
      );
    }
    return { ...artifact, digest };
  }
  if (!described) {
    throw new ReportProblem(
      'does not say which digest it describes',
      'sbomWithoutDigest',
    );
  }
  return { ...artifact, digest: described };
}
