import {
  SEVERITIES_WORST_FIRST,
  VulnerabilityFinding,
} from '../../model/vulnerability';
import { compareText } from '../compareText';
import { ExploitedVulnerability } from './KnownExploited';
import { ExploitScore } from './ExploitScores';

/**
 * A finding with what is known of exploits.
 *
 * @public
 */
export type PrioritisedFinding = VulnerabilityFinding & {
  exploited?: ExploitedVulnerability;
  epss?: ExploitScore;
};

/**
 * What to fix first: what is exploited, the first due before; then by severity; then what has a fix; then what is more
 * likely to be exploited; then by the rating.
 *
 * @public
 */
export function compareFixFirst(
  left: PrioritisedFinding,
  right: PrioritisedFinding,
): number {
  return (
    Number(Boolean(right.exploited)) - Number(Boolean(left.exploited)) ||
    compareText(
      left.exploited?.dueDate ?? '',
      right.exploited?.dueDate ?? '',
    ) ||
    rankOf(left) - rankOf(right) ||
    Number(Boolean(right.fixedVersion)) - Number(Boolean(left.fixedVersion)) ||
    likelihoodOf(right) - likelihoodOf(left) ||
    (right.score ?? 0) - (left.score ?? 0) ||
    compareText(placeOf(left), placeOf(right))
  );
}

function rankOf({ severity }: VulnerabilityFinding): number {
  return SEVERITIES_WORST_FIRST.indexOf(severity);
}

/** Those without a score come after those with the lowest. */
function likelihoodOf({ epss }: PrioritisedFinding): number {
  return epss?.score ?? -1;
}

function placeOf({ id, packageName, path }: VulnerabilityFinding): string {
  return JSON.stringify([id, packageName, path ?? '']);
}
