import { SEVERITIES_WORST_FIRST } from '../../model/vulnerability';
import { compareText } from '../compareText';
import { MergedFinding } from '../merge';
import { packageOf } from '../merge/packageIdentity';

/**
 * Findings of one vulnerability in one image, each place once at its worst. What one image lists under two names may be
 * one to another; the name that is missing there is not fixed (L8).
 */
export function withoutRepetition(
  findings: readonly MergedFinding[],
): MergedFinding[] {
  const places = new Map<string, MergedFinding>();
  for (const finding of findings) {
    const { name, purl } = packageOf(finding);
    const key = JSON.stringify([
      name,
      purl,
      finding.path ?? '',
      finding.installedVersion,
    ]);
    const known = places.get(key);
    places.set(key, known ? worstOf(known, finding) : finding);
  }
  return [...places.values()];
}

function worstOf(left: MergedFinding, right: MergedFinding): MergedFinding {
  const [worse, other] = [left, right].sort(byWeight);
  const { fixedVersion, fixState } = other;
  return {
    ...worse,
    ...(!worse.fixedVersion &&
      fixedVersion && { fixedVersion, ...(fixState && { fixState }) }),
    sources: [...worse.sources, ...other.sources],
  };
}

/** The same whatever order they come in. */
function byWeight(left: MergedFinding, right: MergedFinding): number {
  const rank = ({ severity }: MergedFinding) =>
    SEVERITIES_WORST_FIRST.indexOf(severity);
  return rank(left) - rank(right) || compareText(left.id, right.id);
}
