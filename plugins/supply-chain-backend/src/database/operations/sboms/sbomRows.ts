import { SbomDetail } from 'backstage-plugin-supply-chain-common';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
import { contentHash, textHash } from '../../contentHash';
import { storableMessage, storableName } from '../../storable';
import {
  ClusterSbomRow,
  SbomComponentsRow,
  SbomReportRow,
  SbomRow,
} from '../../tables';

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

/** What a report tells of a digest, or of its cluster. */
type Contents = {
  sbom?: SbomRow;
  cluster?: ClusterSbomRow;
  components: SbomComponentsRow;
};

/** A report with an SBOM as it stands in the tables, and what it tells unless it was refused. */
export function sbomRowsOf(
  options: SbomRowsOptions,
): { row: SbomReportRow } & Partial<Contents> {
  const { feed, source, report } = options;
  const { evidence, namespace, controller, container } = report;
  const contents = contentsOf(options);
  const { digest } = evidence.detail?.artifact ?? {};
  const content = {
    namespace: storableName(namespace),
    controller_kind: storableName(controller.kind),
    controller_name: storableName(controller.name),
    container: storableName(container),
    digest: digest === undefined ? null : storableName(digest),
    status: evidence.status,
    reason: evidence.reason ?? null,
    message: storableMessage(evidence.message),
    observed_at: evidence.observedAt,
  };
  return {
    row: {
      feed,
      source,
      uid: report.uid,
      resource_version: report.resourceVersion,
      hash: contentHash([content, contents?.sbom ?? contents?.cluster]),
      ...content,
    },
    ...contents,
  };
}

function contentsOf(options: SbomRowsOptions): Contents | undefined {
  const { feed, source, report } = options;
  const { subject, detail } = report.evidence;
  if (!detail) {
    return undefined;
  }
  const { components, artifact, platform, generatedAt, ...stored } = detail;
  const text = JSON.stringify(components);
  const hash = textHash(text);
  const told = {
    feed,
    generated_at: generatedAt,
    detail: JSON.stringify(stored satisfies StoredSbom),
    component_count: components.length,
    components_hash: hash,
  };
  const listed = { components: { hash, components: text } };
  if (subject.type === 'cluster') {
    const { repository = '', tag = '' } = artifact;
    const { uid } = report;
    const cluster = {
      ...told,
      source,
      uid,
      name: storableName(repository),
      version: storableName(tag),
    };
    return { cluster, ...listed };
  }
  const { digest } = artifact;
  return digest
    ? {
        sbom: {
          digest: storableName(digest),
          platform: storableName(platform ?? ''),
          ...told,
        },
        ...listed,
      }
    : undefined;
}
