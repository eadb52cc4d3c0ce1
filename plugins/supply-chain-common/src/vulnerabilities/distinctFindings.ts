import { VulnerabilityFinding } from '../model/vulnerability';
import { isAtLeastAsSevere } from './severityRank';

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
    const key = keyOf(finding);
    const other = findings.get(key);
    findings.set(key, other ? combined(other, finding) : finding);
  }
  return [...findings.values()];
}

/** With the lengths before the texts, no two findings share it, whatever the texts hold. */
function keyOf(finding: VulnerabilityFinding): string {
  const { id, packageName, installedVersion, purl, path } = finding;
  const lengths = `${id.length},${packageName.length},${installedVersion.length},${purl?.length},${path?.length}`;
  return `${lengths}:${id}${packageName}${installedVersion}${purl}${path}`;
}

/** The worse of two; a fix that either knows is one. */
function combined(
  left: VulnerabilityFinding,
  right: VulnerabilityFinding,
): VulnerabilityFinding {
  const [worse, other] = isAtLeastAsSevere(left.severity, right.severity)
    ? [left, right]
    : [right, left];
  const { fixedVersion, fixState } = other;
  return worse.fixedVersion || !fixedVersion
    ? worse
    : { ...worse, fixedVersion, ...(fixState && { fixState }) };
}
