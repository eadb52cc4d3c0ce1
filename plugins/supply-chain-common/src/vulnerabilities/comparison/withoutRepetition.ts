import { compareText } from '../compareText';
import { JudgedFinding } from '../vex';
import { packageOf } from '../merge/packageIdentity';
import { isAtLeastAsSevere } from '../severityRank';

/**
 * Findings of one vulnerability in one image, each place once at its worst. What one image lists under two names may be
 * one to another; the name that is missing there is not fixed (L8).
 */
export function withoutRepetition(
  findings: readonly JudgedFinding[],
): JudgedFinding[] {
  const places = new Map<string, JudgedFinding>();
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

function worstOf(left: JudgedFinding, right: JudgedFinding): JudgedFinding {
  const [worse, other] = [left, right].sort(byWeight);
  const { fixedVersion, fixState } = other;
  const { notAffected, ...known } = worse;
  return {
    ...known,
    // Under one of its names it counts.
    ...(notAffected && other.notAffected && { notAffected }),
    ...(!worse.fixedVersion &&
      fixedVersion && { fixedVersion, ...(fixState && { fixState }) }),
    sources: [...worse.sources, ...other.sources],
  };
}

/** The same whatever order they come in. */
function byWeight(left: JudgedFinding, right: JudgedFinding): number {
  if (left.severity === right.severity) {
    return compareText(left.id, right.id);
  }
  return isAtLeastAsSevere(left.severity, right.severity) ? -1 : 1;
}
