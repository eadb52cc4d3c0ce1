import { schema } from 'backstage-plugin-supply-chain-common';
import { ExportTable } from './toCsv';

/**
 * The images of an entity as a table.
 */
export function imageTable(rows: readonly schema.ImageRow[]): ExportTable {
  return {
    header: [
      'image',
      'repository',
      'digest',
      'counted',
      'outcome',
      'reason',
      'signature',
      'signatureReason',
      'signer',
      'trustRoot',
      'provenance',
      'provenanceReason',
      'buildLevel',
      'source',
      'commit',
      'scan',
      'scannedAt',
      'critical',
      'high',
      'medium',
      'low',
      'fixable',
      'knownExploited',
      'clusters',
      'namespaces',
      'workloads',
      'pods',
      'findings',
      'namedByAnnotation',
    ],
    rows: rows.map(imageCells),
  };
}

function distinct(values: string[]): string {
  return [...new Set(values)].join(' ');
}

function imageCells(row: schema.ImageRow) {
  const { signature, provenance, vulnerabilities, placements } = row;
  const counts = vulnerabilities?.counts;
  return [
    row.imageRef,
    row.repository,
    row.digest,
    row.counted,
    row.outcome,
    row.reason,
    signature?.status,
    signature?.reason,
    signature?.signer,
    signature?.trustRoot,
    provenance?.status,
    provenance?.reason,
    provenance?.level,
    provenance?.source,
    provenance?.commit,
    vulnerabilities?.status,
    vulnerabilities?.scannedAt,
    counts?.critical,
    counts?.high,
    counts?.medium,
    counts?.low,
    // Without a scan there is no number, not zero (L5).
    counts && vulnerabilities.fixable,
    counts && vulnerabilities.exploited,
    distinct(placements.map(place => place.cluster)),
    distinct(placements.map(place => place.namespace)),
    distinct(
      placements.map(place => `${place.workloadKind}/${place.workloadName}`),
    ),
    placements.reduce((sum, place) => sum + place.pods, 0),
    row.verdicts
      .flatMap(verdict => verdict.findings)
      .filter(finding => finding.outcome !== 'pass')
      .map(finding =>
        [finding.policy, finding.ruleId, finding.outcome, finding.reason]
          .filter(Boolean)
          .join(':'),
      )
      .join(' '),
    row.annotation !== undefined,
  ];
}
