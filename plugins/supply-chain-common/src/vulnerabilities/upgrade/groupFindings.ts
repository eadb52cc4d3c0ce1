import {
  countSeverities,
  SEVERITIES_WORST_FIRST,
  SeverityCounts,
  VulnerabilityFinding,
} from '../../model/vulnerability';
import { compareText } from '../compareText';
import { Fix, fixesOf } from './fixesOf';
import { installedPackages } from './installedPackages';

/**
 * What findings are put together by.
 *
 * @public
 */
export type FindingGrouping = 'fix' | 'package';

/**
 * What of a finding decides where it stands.
 *
 * @public
 */
export type GroupableFinding = VulnerabilityFinding & {
  /** Whether VEX sets it aside. */
  notAffected?: boolean;
  exploited?: { dueDate: string };
};

/**
 * Findings that one update removes, or that are of one package.
 *
 * @public
 */
export type FindingGroup<T> = Fix<T> & {
  /** Of the findings that count: what VEX sets aside does not. */
  counts: SeverityCounts;
};

/**
 * Findings by what would fix them or by package, those that are exploited first, then those with the worst severity and
 * then with most findings. What to update to is said of all findings, whichever of them are shown: it must not depend
 * on a filter whether an update fixes the package.
 *
 * @public
 */
export function groupFindings<T extends GroupableFinding>(options: {
  /** In the order they have in their group. */
  findings: readonly T[];
  by: FindingGrouping;
  /** @defaultValue all */
  isShown?: (finding: T) => boolean;
}): FindingGroup<T>[] {
  const { findings, by, isShown = () => true } = options;
  const groups: Fix<T>[] =
    by === 'fix'
      ? fixesOf(findings)
      : installedPackages(findings).map(each => ({ findings: each }));
  return groups
    .map(group => ({ ...group, findings: group.findings.filter(isShown) }))
    .filter(group => group.findings.length > 0)
    .map(group => ({ ...group, counts: countsOf(group) }))
    .map(group => ({ group, due: dueOf(group), rank: rankOf(group) }))
    .sort(
      (left, right) =>
        compareText(left.due, right.due) ||
        left.rank - right.rank ||
        right.group.findings.length - left.group.findings.length ||
        compareText(placeOf(left.group), placeOf(right.group)),
    )
    .map(({ group }) => group);
}

function countsOf<T extends GroupableFinding>({ findings }: Fix<T>) {
  return countSeverities(findings.filter(({ notAffected }) => !notAffected));
}

/** What is exploited comes before everything else, the first due before the others. */
function dueOf<T extends GroupableFinding>({ findings }: Fix<T>): string {
  const [first = '9999'] = findings
    .filter(({ notAffected }) => !notAffected)
    .flatMap(({ exploited }) => exploited?.dueDate ?? [])
    .sort();
  return first;
}

function rankOf({ counts }: { counts: SeverityCounts }): number {
  const rank = SEVERITIES_WORST_FIRST.findIndex(
    severity => counts[severity] > 0,
  );
  // With nothing that counts it comes last.
  return rank < 0 ? SEVERITIES_WORST_FIRST.length : rank;
}

function placeOf<T extends GroupableFinding>(group: Fix<T>): string {
  const { packageName, purl, installedVersion, path, fixState } =
    group.findings[0];
  return JSON.stringify([
    ...[packageName, group.fixedVersion, installedVersion],
    ...[path, purl, fixState],
  ]);
}
