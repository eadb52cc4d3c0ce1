import {
  SEVERITIES_WORST_FIRST,
  VulnerabilityFinding,
} from '../model/vulnerability';

/**
 * Findings of one scan, each once at its worst. The same vulnerability of the same package at another path is another
 * finding (jar and npm trees).
 *
 * @public
 */
export function distinctFindings(
  list: Iterable<VulnerabilityFinding>,
): VulnerabilityFinding[] {
  const findings = new Map<string, VulnerabilityFinding>();
  for (const finding of list) {
    const { id, packageName, installedVersion, purl, path } = finding;
    const key = JSON.stringify([id, packageName, installedVersion, purl, path]);
    const other = findings.get(key);
    findings.set(key, other ? combined(other, finding) : finding);
  }
  return [...findings.values()];
}

/** The worse of two; a fix that either knows is one. */
function combined(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): VulnerabilityFinding {
  const rank = ({ severity }: VulnerabilityFinding) =>
    SEVERITIES_WORST_FIRST.indexOf(severity);
  const [worse, other] =
    rank(right) < rank(left) ? [right, left] : [left, right];
  const { fixedVersion, fixState } = other;
  return worse.fixedVersion || !fixedVersion
    ? worse
    : { ...worse, fixedVersion, ...(fixState && { fixState }) };
}
