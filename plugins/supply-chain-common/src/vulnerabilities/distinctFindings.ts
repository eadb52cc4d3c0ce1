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
    findings.set(key, other ? worse(other, finding) : finding);
  }
  return [...findings.values()];
}

function worse(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): VulnerabilityFinding {
  const rank = ({ severity }: VulnerabilityFinding) =>
    SEVERITIES_WORST_FIRST.indexOf(severity);
  return rank(right) < rank(left) ? right : left;
}
