/**
 * What a rule, an image or an entity comes to.
 *
 * - `unknown`: could not be told; never a pass and never a fail.
 * - `notApplicable`: the rule does not concern the image.
 *
 * @public
 */
export type Outcome =
  | 'pass'
  | 'fail'
  | 'warn'
  | 'unknown'
  | 'waived'
  | 'notApplicable';

/**
 * Every outcome, worst first (L18).
 *
 * @public
 */
export const OUTCOMES_WORST_FIRST: readonly Outcome[] = [
  'fail',
  'unknown',
  'warn',
  'waived',
  'pass',
  'notApplicable',
];

/**
 * The roll-up of several outcomes: the worst of them; `notApplicable` when there is none (L18).
 *
 * @public
 */
export function worstOutcome(outcomes: Iterable<Outcome>): Outcome {
  let worst = OUTCOMES_WORST_FIRST.length - 1;
  for (const outcome of outcomes) {
    worst = Math.min(worst, OUTCOMES_WORST_FIRST.indexOf(outcome));
  }
  return OUTCOMES_WORST_FIRST[worst];
}

/**
 * How many things came to each outcome.
 *
 * @public
 */
export type OutcomeCounts = Record<Outcome, number>;

/**
 * Counts outcomes; the only place where they are counted, so that every surface shows the same number.
 *
 * @public
 */
export function countOutcomes(outcomes: Iterable<Outcome>): OutcomeCounts {
  const counts: OutcomeCounts = {
    pass: 0,
    fail: 0,
    warn: 0,
    unknown: 0,
    waived: 0,
    notApplicable: 0,
  };
  for (const outcome of outcomes) {
    counts[outcome] += 1;
  }
  return counts;
}

/**
 * A share of the applicable ones. Unknown, warn and waived stay in the denominator (L27).
 *
 * @public
 */
export type Share = {
  /** How many pass. */
  pass: number;
  /** How many the question applies to: all but `notApplicable`. */
  applicable: number;
  /** How many of the applicable ones cannot be told. */
  unknown: number;
};

/**
 * Turns counts into a share (L27).
 *
 * @public
 */
export function shareOf(counts: OutcomeCounts): Share {
  const { pass, fail, warn, unknown, waived } = counts;
  return { pass, applicable: pass + fail + warn + unknown + waived, unknown };
}
