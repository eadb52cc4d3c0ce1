import { FindingWaiver, Waiver } from '../../model/waiver';
import { earliestInstant } from '../earliestInstant';
import { RuleResult } from '../rules/rule';
import { isActiveWaiver } from './waiverState';

/** A result before and after waivers have the same form. */
type Waivable = Pick<
  RuleResult,
  'outcome' | 'reason' | 'effectiveOn' | 'nextChangeAt' | 'waiver'
>;

/**
 * Applies the waivers of a rule to what it says (L22). A warning is waived only where it is a fail to come; one that
 * stays a warning needs no permission.
 */
export function waiveFinding<T extends Waivable>(options: {
  result: T;
  /** Of this rule and image, without those of single vulnerabilities. */
  waivers: readonly Waiver[];
  now: Date;
}): T {
  const { result, waivers, now } = options;
  const covering = waivers.filter(waiver => covers(waiver, result));
  const active = lastToEnd(
    covering.filter(waiver => isActiveWaiver(waiver, now)),
  );
  if (active) {
    return {
      ...result,
      outcome: 'waived',
      waiver: findingWaiver(active, result.outcome),
      nextChangeAt: earliestInstant([result.nextChangeAt, active.expires]),
    };
  }
  const starts = startsOf(covering, now);
  return starts.length > 0
    ? {
        ...result,
        nextChangeAt: earliestInstant([result.nextChangeAt, ...starts]),
      }
    : result;
}

/** RFC 3339: when those begin that are not in force yet. */
export function startsOf(
  waivers: readonly Waiver[],
  now: Date,
): (string | undefined)[] {
  return waivers
    .map(({ approvedAt }) => approvedAt)
    .filter(each => each !== undefined && now < new Date(each));
}

function covers(
  waiver: Waiver,
  { outcome, reason, effectiveOn }: Waivable,
): boolean {
  const isWaivable =
    outcome === 'fail' ||
    (outcome === 'warn' && effectiveOn !== undefined) ||
    (outcome === 'unknown' && waiver.includeUnknown);
  return isWaivable && reason !== undefined && waiver.reasons.includes(reason);
}

/** What a finding shows of the waiver that covers it. */
export function findingWaiver(
  waiver: Waiver,
  outcome: RuleResult['outcome'],
): FindingWaiver {
  const { name, source, reason, ticket, approvedBy, expires } = waiver;
  return {
    name,
    source,
    reason,
    ...(ticket && { ticket }),
    approvedBy,
    expires,
    outcome: outcome as FindingWaiver['outcome'],
  };
}

/** The one that ends last: until then the finding stays waived. */
export function lastToEnd(waivers: readonly Waiver[]): Waiver | undefined {
  return [...waivers].sort(
    (left, right) => Date.parse(right.expires) - Date.parse(left.expires),
  )[0];
}
