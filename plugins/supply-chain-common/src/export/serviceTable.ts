import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';
import { OTHER_SEVERITY_COLUMNS, SEVERITY_COLUMNS } from './severityColumns';

/**
 * Services of the overview as a table.
 *
 * @public
 */
export const serviceTable: ExportTable<schema.ServiceRow> = {
  service: row => row.entityRef,
  title: row => row.title,
  owner: row => row.owner,
  system: row => row.system,
  lifecycle: row => row.lifecycle,
  outcome: row => row.outcome,
  reason: row => row.reason,
  running: row => row.running,
  signed: row => row.signed.pass,
  signedOf: row => row.signed.applicable,
  signedUnknown: row => row.signed.unknown,
  ownRepository: row => row.provenance.pass,
  ownRepositoryOf: row => row.provenance.applicable,
  ownRepositoryUnknown: row => row.provenance.unknown,
  registryAllowed: row => row.registry.pass,
  registryAllowedOf: row => row.registry.applicable,
  registryAllowedUnknown: row => row.registry.unknown,
  scan: row => row.vulnerabilities?.status,
  ...SEVERITY_COLUMNS,
  clusters: row => row.clusters.join(' '),
  changedAt: row => row.changedAt,
  ...OTHER_SEVERITY_COLUMNS,
};
