import { earliestInstant } from '../policy/earliestInstant';
import { VulnerabilityClock } from '../policy/types';
import { MergedFinding } from './merge';

/**
 * The clock of a vulnerability that scanners may know by several ids: the earliest of what is known of any (L21).
 *
 * @public
 */
export function clockOf(
  finding: Pick<MergedFinding, 'clockKeys'>,
  clocks: ReadonlyMap<string, VulnerabilityClock>,
): Omit<VulnerabilityClock, 'key'> | undefined {
  const known = finding.clockKeys.flatMap(key => clocks.get(key) ?? []);
  const firstSeenAt = earliestInstant(known.map(each => each.firstSeenAt));
  const firstFixableAt = earliestInstant(
    known.map(each => each.firstFixableAt),
  );
  return firstSeenAt === undefined
    ? undefined
    : { firstSeenAt, ...(firstFixableAt && { firstFixableAt }) };
}
