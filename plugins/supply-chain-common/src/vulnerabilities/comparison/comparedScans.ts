import { ScanState, scanStatusOf } from '../../policy/rules/scanState';
import { PolicyFacts } from '../../policy/types';
import { compareText } from '../compareText';
import { VexJudgement } from '../vex';
import { MergedFinding } from '../merge';
import { platformsOf, relateScan } from '../relateScan';
import { ComparedScans } from './compareFindings';

/**
 * What the scans of an image are worth in a comparison: everything they found counts, and what they did not find only
 * as far as they looked (L8). What VEX sets aside is found all the same, and counts for nothing.
 *
 * @public
 */
export function comparedScans(
  facts: PolicyFacts,
  state: ScanState & { vex(finding: MergedFinding): VexJudgement },
): ComparedScans {
  const { selection, isStale } = state;
  const incomplete = isStale ? 'scanStale' : selection.reason;
  return {
    findings: selection.findings.map(finding =>
      state.vex(finding).isExcluded
        ? { ...finding, notAffected: true }
        : finding,
    ),
    ...(scanStatusOf(state) !== 'present' && {
      incomplete: incomplete ?? 'notScanned',
    }),
    scanners: scannersOfAll(facts, state),
  };
}

/** L2: who scanned one of two platforms looked at half of what runs. */
function scannersOfAll(
  facts: PolicyFacts,
  { selection: { scans } }: ScanState,
): string[] {
  const platforms = new Map<string, Set<string>>();
  for (const scan of scans) {
    const { name } = scan.detail!.scanner;
    const relation = relateScan(facts, scan);
    const scanned = platforms.get(name) ?? new Set();
    platforms.set(name, scanned);
    if (relation.kind === 'matched') {
      relation.platforms.forEach(each => scanned.add(each));
    }
  }
  return [...platforms]
    .filter(([, scanned]) =>
      platformsOf(facts).every(each => scanned.has(each)),
    )
    .map(([name]) => name)
    .sort(compareText);
}
