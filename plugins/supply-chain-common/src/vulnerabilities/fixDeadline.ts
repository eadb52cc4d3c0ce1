import { VulnerabilityClock } from '../policy/types';
import { clockOf } from './clockOf';
import { MergedFinding } from './merge';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How long a vulnerability may stay (L21).
 *
 * @public
 */
export type FixDeadline = {
  finding: MergedFinding;
  /** From when on it is too late; absent: it is, because nothing says since when there is a fix. */
  dueAt?: Date;
  /** What the time limit runs from. */
  startsFrom: 'firstSeen' | 'firstFixable' | 'published' | 'nothing';
};

/**
 * The time limit of one finding: from the clock of its repository, else from its publication, else none at all (L21).
 *
 * @public
 */
export function fixDeadline(options: {
  finding: MergedFinding;
  clocks: ReadonlyMap<string, VulnerabilityClock>;
  since: 'firstSeen' | 'firstFixable';
  leewayDays: number;
}): FixDeadline {
  const { finding, clocks, since, leewayDays } = options;
  const clock = clockOf(finding, clocks);
  const known =
    since === 'firstSeen' ? clock?.firstSeenAt : clock?.firstFixableAt;
  const start = instantOf(known);
  if (start !== undefined) {
    return { finding, startsFrom: since, dueAt: after(start, leewayDays) };
  }
  const published = instantOf(finding.publishedAt);
  return published !== undefined
    ? {
        finding,
        startsFrom: 'published',
        dueAt: after(published, leewayDays),
      }
    : { finding, startsFrom: 'nothing' };
}

/** Whether the time limit is over (L21: when now ≥ start + leeway). */
export function isOverdue(deadline: FixDeadline, now: Date): boolean {
  return deadline.dueAt === undefined || now >= deadline.dueAt;
}

function after(start: number, days: number): Date {
  return new Date(start + days * DAY_MS);
}

function instantOf(text: string | undefined): number | undefined {
  const instant = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
