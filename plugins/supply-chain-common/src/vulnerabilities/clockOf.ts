import { VulnerabilityFinding } from '../model/vulnerability';
import { earliestInstant } from '../policy/earliestInstant';
import { VulnerabilityClock } from '../policy/types';
import { MergedFinding } from './merge';
import { isClockKeyOf } from './vulnerabilityClockKey';

/**
 * The clock of a vulnerability that scanners may know by several ids: the earliest of what is known of any (L21). Where
 * one of them had a fix before there was any history, a later date under another name is no date.
 *
 * @public
 */
export function clockOf(
  finding: Pick<MergedFinding, 'clockKeys'>,
  clocks: ReadonlyMap<string, VulnerabilityClock>,
): Pick<VulnerabilityClock, 'firstSeenAt' | 'firstFixableAt'> | undefined {
  const known = finding.clockKeys.flatMap(key => clocks.get(key) ?? []);
  const firstSeenAt = earliestInstant(known.map(each => each.firstSeenAt));
  const firstFixableAt = known.some(each => each.fixedBeforeHistory)
    ? undefined
    : earliestInstant(known.map(each => each.firstFixableAt));
  return firstSeenAt === undefined
    ? undefined
    : { firstSeenAt, ...(firstFixableAt && { firstFixableAt }) };
}

/**
 * The clocks that findings may have once they are merged, whichever scanner gives them which name.
 *
 * @public
 */
export function clocksOfFindings(
  lists: Iterable<readonly VulnerabilityFinding[]>,
  clocks: readonly VulnerabilityClock[],
): VulnerabilityClock[] {
  const ids = new Set<string>();
  const packages = new Set<string>();
  for (const findings of lists) {
    for (const { id, aliases, packageName } of findings) {
      ids.add(id);
      aliases?.forEach(alias => ids.add(alias));
      packages.add(packageName);
    }
  }
  return clocks.filter(({ key }) => isClockKeyOf(key, { ids, packages }));
}
