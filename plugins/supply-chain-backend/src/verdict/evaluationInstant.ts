/** A clock that jumped back by more than this is reported (L26). */
const SUSPECT_AFTER_MS = 5 * 60 * 1_000;

/** The instant to evaluate at. */
export type EvaluationInstant = {
  now: Date;
  /** Whether the clock jumped back so far that somebody should look at it. */
  clockSuspect: boolean;
};

/** Evaluation time never runs behind the last stored one (L26). */
export function evaluationInstant(
  clock: Date,
  lastEvaluatedAt: string | undefined,
): EvaluationInstant {
  const last = lastEvaluatedAt ? Date.parse(lastEvaluatedAt) : 0;
  return {
    now: new Date(Math.max(clock.getTime(), last)),
    clockSuspect: last - clock.getTime() > SUSPECT_AFTER_MS,
  };
}
