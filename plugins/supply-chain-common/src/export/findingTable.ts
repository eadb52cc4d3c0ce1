import * as schema from '../schema/openapi';
import {
  EXPLOIT_COLUMNS,
  EXPLOIT_DATA_COLUMNS,
  WithExploitData,
} from './exploitColumns';
import { ExportTable } from './exportTable';
import { scannedText, scannersText, vexText } from './findingTexts';

/**
 * The vulnerabilities of one image as a table.
 *
 * @public
 */
export const findingTable: ExportTable<
  WithExploitData<schema.VulnerabilityRow>
> = {
  vulnerability: row => row.id,
  aliases: row => row.aliases?.join(' '),
  title: row => row.title,
  package: row => row.packageName,
  purl: row => row.purl,
  path: row => row.path,
  layer: row => row.layer,
  installedVersion: row => row.installedVersion,
  fixedVersion: row => row.fixedVersion,
  fixState: row => row.fixState,
  severity: row => row.severity,
  severitySource: row => row.severitySource,
  scanners: row => scannersText(row.sources),
  scannedAt: row => scannedText(row.sources),
  score: row => row.score,
  scoreVersion: row => row.scoreVersion,
  ...EXPLOIT_COLUMNS,
  firstSeenAt: row => row.firstSeenAt,
  firstFixableAt: row => row.firstFixableAt,
  dueAt: row => row.dueAt,
  overdue: row => row.overdue ?? false,
  notAffected: row => row.notAffected ?? false,
  vex: row => vexText(row.vex),
  ...EXPLOIT_DATA_COLUMNS,
};
