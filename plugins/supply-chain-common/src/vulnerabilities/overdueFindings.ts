import { earliestInstant } from '../policy/earliestInstant';
import { SupplyChainPolicy, VulnerabilityClock } from '../policy/types';
import { fixDeadline, isOverdue } from './fixDeadline';
import { MergedFinding } from './merge';
import { isWithinThreshold } from './severityRank';

/**
 * The vulnerabilities that have a fix and are past the time limit of some `no-fixable-vulnerability` of the policies
 * that covers their severity (L21). One that nobody rates is covered where a policy says what it counts as. Where none does there is no limit to be past.
 *
 * @public
 */
export function overdueFindings(options: {
  findings: readonly MergedFinding[];
  clocks: readonly VulnerabilityClock[];
  policies: readonly Pick<SupplyChainPolicy, 'rules'>[];
  now: Date;
}): {
  overdue: MergedFinding[];
  /** RFC 3339: when the next one is. */
  nextDueAt?: string;
} {
  const { findings, policies, now } = options;
  const limits = policies
    .flatMap(({ rules }) => rules)
    .flatMap(rule =>
      rule.use === 'no-fixable-vulnerability' ? [rule.with] : [],
    );
  const clocks = new Map(options.clocks.map(clock => [clock.key, clock]));
  const deadlines = findings
    .filter(({ fixedVersion }) => fixedVersion)
    .flatMap(finding =>
      limits
        .filter(limit => isWithinThreshold(finding.severity, limit))
        .map(({ since, leewayDays }) =>
          fixDeadline({ finding, clocks, since, leewayDays }),
        ),
    );
  const overdue = deadlines.filter(each => isOverdue(each, now));
  const nextDueAt = earliestInstant(
    deadlines
      .filter(each => !isOverdue(each, now))
      .map(({ dueAt }) => dueAt?.toISOString()),
  );
  return {
    overdue: [...new Set(overdue.map(({ finding }) => finding))],
    ...(nextDueAt && { nextDueAt }),
  };
}
