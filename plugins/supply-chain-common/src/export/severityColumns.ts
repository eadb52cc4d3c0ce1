import * as schema from '../schema/openapi';
import { ExportTable } from './exportTable';

type Counted = { vulnerabilities?: schema.VulnerabilitySummary };

/**
 * How many vulnerabilities count. Without a scan there is no number, not zero (L5).
 */
export const SEVERITY_COLUMNS: ExportTable<Counted> = {
  critical: row => row.vulnerabilities?.counts?.critical,
  high: row => row.vulnerabilities?.counts?.high,
  medium: row => row.vulnerabilities?.counts?.medium,
  low: row => row.vulnerabilities?.counts?.low,
  fixable: ({ vulnerabilities }) =>
    vulnerabilities?.counts && vulnerabilities.fixable,
  knownExploited: ({ vulnerabilities }) =>
    vulnerabilities?.counts && vulnerabilities.exploited,
};

/**
 * The rest of them; newer columns, which stand behind the others so that these keep their places.
 */
export const OTHER_SEVERITY_COLUMNS: ExportTable<Counted> = {
  negligible: row => row.vulnerabilities?.counts?.negligible,
  unknown: row => row.vulnerabilities?.counts?.unknown,
  notAffected: ({ vulnerabilities }) =>
    vulnerabilities?.counts && (vulnerabilities.notAffected ?? 0),
  // Beside the counts: what no scan speaks for is in none of them.
  unscanned: ({ vulnerabilities }) =>
    vulnerabilities?.counts && (vulnerabilities.gap?.count ?? 0),
};
