import { Outcome } from 'backstage-plugin-supply-chain-common';

/**
 * How a command ends.
 *
 * @public
 */
export const EXIT_CODES = {
  pass: 0,
  fail: 1,
  /** Usage or configuration. */
  usage: 2,
  cannotTell: 3,
  timedOut: 4,
} as const;

/**
 * One of {@link EXIT_CODES}.
 *
 * @public
 */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

// L29
const WORST_FIRST: readonly ExitCode[] = [2, 1, 3, 4, 0];

const BY_OUTCOME: Record<Outcome, ExitCode> = {
  pass: EXIT_CODES.pass,
  warn: EXIT_CODES.pass,
  waived: EXIT_CODES.pass,
  fail: EXIT_CODES.fail,
  unknown: EXIT_CODES.cannotTell,
  // L18: covered by no policy is never a pass.
  notApplicable: EXIT_CODES.cannotTell,
};

/**
 * The exit code over several images: the worst of theirs, in the order 2 > 1 > 3 > 4 > 0 (L29).
 * Over none it is 3: nothing was looked at.
 *
 * @public
 */
export function worstExitCode(outcomes: Iterable<Outcome>): ExitCode {
  const codes = new Set([...outcomes].map(outcome => BY_OUTCOME[outcome]));
  return WORST_FIRST.find(code => codes.has(code)) ?? EXIT_CODES.cannotTell;
}
