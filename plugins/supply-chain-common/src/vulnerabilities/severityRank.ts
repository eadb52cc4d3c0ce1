import { SEVERITIES_WORST_FIRST, Severity } from '../model/vulnerability';

/**
 * Whether a severity is as bad as a threshold or worse.
 *
 * @public
 */
export function isAtLeastAsSevere(
  severity: Severity,
  threshold: Severity,
): boolean {
  return (
    SEVERITIES_WORST_FIRST.indexOf(severity) <=
    SEVERITIES_WORST_FIRST.indexOf(threshold)
  );
}
