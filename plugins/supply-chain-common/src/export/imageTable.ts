import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';
import { OTHER_SEVERITY_COLUMNS, SEVERITY_COLUMNS } from './severityColumns';

/**
 * The images of an entity as a table.
 *
 * @public
 */
export const imageTable: ExportTable<schema.ImageRow> = {
  image: row => row.imageRef,
  repository: row => row.repository,
  digest: row => row.digest,
  counted: row => row.counted,
  outcome: row => row.outcome,
  reason: row => row.reason,
  signature: row => row.signature?.status,
  signatureReason: row => row.signature?.reason,
  signer: row => row.signature?.signer,
  trustRoot: row => row.signature?.trustRoot,
  provenance: row => row.provenance?.status,
  provenanceReason: row => row.provenance?.reason,
  buildLevel: row => row.provenance?.level,
  source: row => row.provenance?.source,
  commit: row => row.provenance?.commit,
  scan: row => row.vulnerabilities?.status,
  scannedAt: row => row.vulnerabilities?.scannedAt,
  ...SEVERITY_COLUMNS,
  clusters: row => distinct(row.placements.map(place => place.cluster)),
  namespaces: row => distinct(row.placements.map(place => place.namespace)),
  workloads: row =>
    distinct(
      row.placements.map(
        place => `${place.workloadKind}/${place.workloadName}`,
      ),
    ),
  pods: row => row.placements.reduce((sum, place) => sum + place.pods, 0),
  findings: findingsText,
  namedByAnnotation: row => row.annotation !== undefined,
  ...OTHER_SEVERITY_COLUMNS,
};

function distinct(values: string[]): string {
  return [...new Set(values)].join(' ');
}

function findingsText(row: schema.ImageRow): string {
  return row.verdicts
    .flatMap(verdict => verdict.findings)
    .filter(finding => finding.outcome !== 'pass')
    .map(finding =>
      [finding.policy, finding.ruleId, finding.outcome, finding.reason]
        .filter(Boolean)
        .join(':'),
    )
    .join(' ');
}
