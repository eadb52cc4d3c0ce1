import { StoredCompliance } from '../../../database/operations/clusterReports/clusterReportRows';
import { ClusterReportRow } from '../../../database/tables';

/** What is kept of a report on compliance beside its controls. */
export function complianceOf({ detail }: ClusterReportRow): StoredCompliance {
  // The column was written from a value of this type.
  return JSON.parse(detail);
}
