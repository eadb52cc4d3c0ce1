import { schema } from 'backstage-plugin-supply-chain-common';
import { ExportTable } from './toCsv';

/**
 * The places where a vulnerability runs as a table.
 */
export function vulnerablePlaceTable(
  rows: readonly schema.VulnerablePlace[],
): ExportTable {
  return {
    header: [
      'service',
      'title',
      'owner',
      'image',
      'repository',
      'digest',
      'clusters',
      'packages',
      'severity',
      'scanners',
      'firstSeenAt',
      'dueAt',
      'overdue',
      'notAffected',
      'vex',
    ],
    rows: rows.map(placeCells),
  };
}

function packageText({
  name,
  installedVersion,
  fixedVersion,
}: schema.VulnerablePackage): string {
  return fixedVersion
    ? `${name} ${installedVersion} -> ${fixedVersion}`
    : `${name} ${installedVersion}`;
}

/** Who says what, and whether it counts. */
function opinionText(opinion: schema.VexOpinion): string {
  const { status, justification, trust, by, counts, reason } = opinion;
  return [
    status,
    justification && `(${justification})`,
    trust,
    by,
    counts ? 'counts' : reason,
  ]
    .filter(Boolean)
    .join(' ');
}

function placeCells(row: schema.VulnerablePlace) {
  return [
    row.entityRef,
    row.entityTitle,
    row.owner,
    row.imageRef,
    row.repository,
    row.digest,
    row.clusters.join(' '),
    row.packages.map(packageText).join('; '),
    row.severity,
    row.sources
      .map(({ scanner, severity }) => `${scanner}: ${severity}`)
      .join('; '),
    row.firstSeenAt,
    row.dueAt,
    row.overdue,
    row.notAffected ?? false,
    (row.vex ?? []).map(opinionText).join('; '),
  ];
}
