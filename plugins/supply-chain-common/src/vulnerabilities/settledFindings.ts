import { VulnerabilityFinding } from '../model/vulnerability';
import { distinctFindings } from './distinctFindings';
import { ReportProblem } from './scanReport';
import { soleAliases } from './vulnerabilityIds';

/** Far above what an image has; more would be an attack on whoever reads it. */
export const MAX_FINDINGS = 50_000;

/**
 * Collects the findings of one report.
 *
 * @throws ReportProblem when there are too many, or when one has no id or no package: without it the others are
 * incomplete, and would read as a pass (L8).
 */
export function settledFindings<T>(
  entries: readonly T[],
  read: (entry: T) => VulnerabilityFinding[] | undefined,
): VulnerabilityFinding[] {
  const findings: VulnerabilityFinding[] = [];
  for (const entry of entries) {
    const found = read(entry);
    if (!found) {
      throw new ReportProblem(
        'malformedReport',
        'a finding has no id or no package',
      );
    }
    found.forEach(each => findings.push(each));
    if (findings.length > MAX_FINDINGS) {
      throw new ReportProblem(
        'reportTooLarge',
        `expected at most ${MAX_FINDINGS} findings`,
      );
    }
  }
  return soleAliases(distinctFindings(findings));
}
