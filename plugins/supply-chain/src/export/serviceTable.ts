import { schema } from 'backstage-plugin-supply-chain-common';
import { ExportTable } from './toCsv';

/**
 * Services of the overview as a table.
 */
export function serviceTable(rows: readonly schema.ServiceRow[]): ExportTable {
  return {
    header: [
      'service',
      'title',
      'owner',
      'system',
      'lifecycle',
      'outcome',
      'reason',
      'running',
      'signed',
      'signedOf',
      'signedUnknown',
      'ownRepository',
      'ownRepositoryOf',
      'ownRepositoryUnknown',
      'registryAllowed',
      'registryAllowedOf',
      'registryAllowedUnknown',
      'scan',
      'critical',
      'high',
      'medium',
      'low',
      'fixable',
      'knownExploited',
      'clusters',
      'changedAt',
    ],
    rows: rows.map(serviceCells),
  };
}

function serviceCells(row: schema.ServiceRow) {
  const { signed, provenance, registry, vulnerabilities } = row;
  const counts = vulnerabilities?.counts;
  return [
    row.entityRef,
    row.title,
    row.owner,
    row.system,
    row.lifecycle,
    row.outcome,
    row.reason,
    row.running,
    signed.pass,
    signed.applicable,
    signed.unknown,
    provenance.pass,
    provenance.applicable,
    provenance.unknown,
    registry.pass,
    registry.applicable,
    registry.unknown,
    vulnerabilities?.status,
    counts?.critical,
    counts?.high,
    counts?.medium,
    counts?.low,
    counts && vulnerabilities?.fixable,
    counts && vulnerabilities?.exploited,
    row.clusters.join(' '),
    row.changedAt,
  ];
}
