/** A clock that jumped back by more than this is reported (L26). */
const SUSPECT_AFTER_MS = 5 * 60 * 1_000;

/** The instant to evaluate at. */
export type EvaluationInstant = {
  now: Date;
  /** Whether the clock jumped back so far (more than five minutes) that somebody should look at it. */
  clockSuspect: boolean;
};

/** Evaluation time never runs behind an earlier one, so that nothing expired comes back to life (L26). */
export function evaluationInstant(
  clock: Date,
  latest: string | undefined,
): EvaluationInstant {
  const last = latest ? Date.parse(latest) : 0;
  return {
    now: new Date(Math.max(clock.getTime(), last)),
    clockSuspect: last - clock.getTime() > SUSPECT_AFTER_MS,
  };
}
