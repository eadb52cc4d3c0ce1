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

/**
 * The worst of some severities; undefined when there is none.
 *
 * @public
 */
export function worstSeverity(
  severities: readonly Severity[],
): Severity | undefined {
  return SEVERITIES_WORST_FIRST.find(each => severities.includes(each));
}
