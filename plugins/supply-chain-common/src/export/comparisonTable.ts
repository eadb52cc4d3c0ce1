import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';
import { scannersText } from './findingTexts';

function shown({ before, after }: schema.ComparedFinding) {
  return after ?? before;
}

/**
 * Findings of two images as a table. What is empty on one side is not known to be there.
 *
 * @public
 */
export const comparisonTable: ExportTable<schema.ComparedFinding> = {
  change: row => row.change,
  reason: row => row.reason,
  vulnerability: row => shown(row)?.id,
  aliases: row => shown(row)?.aliases?.join(' '),
  title: row => shown(row)?.title,
  package: row => shown(row)?.packageName,
  path: row => shown(row)?.path,
  severityBefore: row => row.before?.severity,
  severityAfter: row => row.after?.severity,
  versionBefore: row => row.before?.installedVersion,
  versionAfter: row => row.after?.installedVersion,
  fixedInBefore: row => row.before?.fixedVersion,
  fixedInAfter: row => row.after?.fixedVersion,
  scannersBefore: row => scannersText(row.before?.sources),
  scannersAfter: row => scannersText(row.after?.sources),
};
