import { SbomDetail } from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { contentHash, textHash } from '../../contentHash';
import { SbomComponentsRow, SbomReportRow, SbomRow } from '../../tables';

/** What is stored of an SBOM beside its components. */
export type StoredSbom = Pick<
  SbomDetail,
  'format' | 'specVersion' | 'serialNumber' | 'tool'
>;

/** Options of {@link sbomRowsOf}. */
export type SbomRowsOptions = {
  feed: string;
  source: string;
  report: ObservedReport<'sbom'>;
};

/** A report with an SBOM as it stands in the tables; what it tells of a digest is absent when it was refused. */
export function sbomRowsOf(options: SbomRowsOptions): {
  row: SbomReportRow;
  sbom?: SbomRow;
  components?: SbomComponentsRow;
} {
  const { feed, source, report } = options;
  const { evidence, namespace, controller, container } = report;
  const contents = evidence.detail && contentsOf(feed, evidence.detail);
  const content = {
    namespace,
    controller_kind: controller.kind,
    controller_name: controller.name,
    container,
    digest: evidence.detail?.artifact.digest ?? null,
    status: evidence.status,
    reason: evidence.reason ?? null,
    // PostgreSQL keeps no NUL in a text, and one report must not keep the others from being written.
    message: evidence.message?.replaceAll('\u0000', '\ufffd') ?? null,
    observed_at: evidence.observedAt,
  };
  return {
    row: {
      feed,
      source,
      uid: report.uid,
      resource_version: report.resourceVersion,
      hash: contentHash([content, contents?.sbom]),
      ...content,
    },
    ...contents,
  };
}

function contentsOf(
  feed: string,
  detail: SbomDetail,
): { sbom: SbomRow; components: SbomComponentsRow } | undefined {
  const { components, artifact, platform, generatedAt, ...stored } = detail;
  if (!artifact.digest) {
    return undefined;
  }
  const text = JSON.stringify(components);
  const hash = textHash(text);
  return {
    sbom: {
      digest: artifact.digest,
      platform: platform ?? '',
      feed,
      generated_at: generatedAt,
      detail: JSON.stringify(stored satisfies StoredSbom),
      component_count: components.length,
      components_hash: hash,
    },
    components: { hash, components: text },
  };
}
