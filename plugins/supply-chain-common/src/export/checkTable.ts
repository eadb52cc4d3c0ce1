import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';

/**
 * What a scanner of the clusters checked of workloads, as a table.
 *
 * @public
 */
export const checkTable: ExportTable<schema.EnforcerResult> = {
  topic: row => row.topic,
  result: row => row.result,
  severity: row => row.severity,
  source: row => row.source,
  policy: row => row.policy,
  rule: row => row.rule,
  instance: row => row.instance,
  category: row => row.category,
  title: row => row.title,
  message: row => row.message,
  remediation: row => row.remediation,
  cluster: row => row.workload.cluster,
  namespace: row => row.workload.namespace,
  workloadKind: row => row.workload.kind,
  workload: row => row.workload.name,
  observedAt: row => row.observedAt,
};
