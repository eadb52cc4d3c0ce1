import { ReasonCode } from '../../model/reasonCodes';
import { FindingWaiver, Waiver } from '../../model/waiver';
import { isKnownAs } from '../../vulnerabilities/isKnownAs';
import { MergedFinding } from '../../vulnerabilities/merge';
import { earliestInstant } from '../earliestInstant';
import { findingWaiver, lastToEnd, startsOf } from '../waivers/waiveFinding';
import { isActiveWaiver } from '../waivers/waiverState';

/** Vulnerabilities with and without a waiver, and when the clock changes which is which. */
export type WaivedFindingSplit<T> = {
  open: T[];
  waived: { item: T; waiver: Waiver }[];
  /** RFC 3339. */
  nextChangeAt?: string;
};

/** Takes out what waivers of single vulnerabilities cover (L22). */
export function splitWaivedFindings<
  T extends { finding: MergedFinding },
>(options: {
  items: readonly T[];
  vulnerabilityWaivers?: readonly Waiver[];
  /** The reasons of which a waiver must name one. */
  reasonsOf: (item: T) => readonly ReasonCode[];
  now: Date;
}): WaivedFindingSplit<T> {
  const { items, vulnerabilityWaivers = [], reasonsOf, now } = options;
  const split: WaivedFindingSplit<T> = { open: [], waived: [] };
  const changes: (string | undefined)[] = [];
  for (const item of items) {
    const reasons = reasonsOf(item);
    const covering = vulnerabilityWaivers.filter(
      waiver =>
        waiver.scope.vulnerability !== undefined &&
        isKnownAs([waiver.scope.vulnerability], item.finding) &&
        reasons.some(reason => waiver.reasons.includes(reason)),
    );
    const waiver = lastToEnd(
      covering.filter(each => isActiveWaiver(each, now)),
    );
    if (waiver) {
      split.waived.push({ item, waiver });
      changes.push(waiver.expires);
    } else {
      split.open.push(item);
      changes.push(...startsOf(covering, now));
    }
  }
  const nextChangeAt = earliestInstant(changes);
  return { ...split, ...(nextChangeAt && { nextChangeAt }) };
}

/** Whether one of what is waived would fail, and the first waiver to end of those that keep the worst of it away. */
export function decidingWaiver<T>(
  waived: readonly { item: T; waiver: Waiver }[],
  wouldFail: (item: T) => boolean,
): { fails: boolean; waiver: FindingWaiver } {
  const failing = waived.filter(({ item }) => wouldFail(item));
  const fails = failing.length > 0;
  const [first] = [...(fails ? failing : waived)].sort(
    (left, right) =>
      Date.parse(left.waiver.expires) - Date.parse(right.waiver.expires),
  );
  return {
    fails,
    waiver: findingWaiver(first.waiver, fails ? 'fail' : 'warn'),
  };
}
