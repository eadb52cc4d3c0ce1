import * as schema from '../schema/openapi';
import { collapseResults } from './collapseResults';
import { EnforcedEvidence } from './EnforcedEvidence';

/**
 * What other enforcers say of some workloads; undefined when they say nothing. The same report in both APIs counts once.
 * Checks of a scanner are no part of it, see {@link clusterChecksOf}.
 *
 * @public
 */
export function otherEnforcersOf(
  reports: readonly EnforcedEvidence[],
): schema.OtherEnforcers | undefined {
  const said = collapseResults(
    reports.filter(({ evidence }) => !evidence.detail?.topic),
  );
  return said.total === 0 && said.notes.length === 0 ? undefined : said;
}
