import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';
import { scannersText, vexText } from './findingTexts';

/**
 * The places where a vulnerability runs as a table.
 *
 * @public
 */
export const vulnerablePlaceTable: ExportTable<schema.VulnerablePlace> = {
  service: row => row.entityRef,
  title: row => row.entityTitle,
  owner: row => row.owner,
  image: row => row.imageRef,
  repository: row => row.repository,
  digest: row => row.digest,
  clusters: row => row.clusters.join(' '),
  packages: row => row.packages.map(packageText).join('; '),
  severity: row => row.severity,
  scanners: row => scannersText(row.sources),
  firstSeenAt: row => row.firstSeenAt,
  dueAt: row => row.dueAt,
  overdue: row => row.overdue,
  notAffected: row => row.notAffected ?? false,
  vex: row => vexText(row.vex),
};

function packageText({
  name,
  installedVersion,
  fixedVersion,
}: schema.VulnerablePackage): string {
  return fixedVersion
    ? `${name} ${installedVersion} -> ${fixedVersion}`
    : `${name} ${installedVersion}`;
}
