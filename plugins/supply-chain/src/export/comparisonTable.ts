import { schema } from 'backstage-plugin-supply-chain-common';
import { ExportTable } from './toCsv';

/**
 * Findings of two images as a table. What is empty on one side is not known to be there.
 */
export function comparisonTable(
  rows: readonly schema.ComparedFinding[],
): ExportTable {
  return {
    header: [
      'change',
      'reason',
      'vulnerability',
      'aliases',
      'title',
      'package',
      'path',
      'severityBefore',
      'severityAfter',
      'versionBefore',
      'versionAfter',
      'fixedInBefore',
      'fixedInAfter',
      'scannersBefore',
      'scannersAfter',
    ],
    rows: rows.map(findingCells),
  };
}

function scannersOf(row: schema.VulnerabilityRow | undefined) {
  return row?.sources
    .map(({ scanner, severity }) => `${scanner}: ${severity}`)
    .join('; ');
}

function findingCells({
  change,
  reason,
  before,
  after,
}: schema.ComparedFinding) {
  const shown = after ?? before;
  return [
    change,
    reason,
    shown?.id,
    shown?.aliases?.join(' '),
    shown?.title,
    shown?.packageName,
    shown?.path,
    before?.severity,
    after?.severity,
    before?.installedVersion,
    after?.installedVersion,
    before?.fixedVersion,
    after?.fixedVersion,
    scannersOf(before),
    scannersOf(after),
  ];
}
