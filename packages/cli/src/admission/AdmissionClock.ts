/** A clock that jumped back by more than this is reported (L26). */
const SUSPECT_AFTER_MS = 5 * 60 * 1_000;

/** Options of {@link AdmissionClock}. */
export type AdmissionClockOptions = {
  now(): Date;
  /** Hears once of each jump back by more than five minutes. */
  onSuspect?(jumpedMs: number): void;
};

/** The instant to evaluate at: it never runs behind an earlier one, so that nothing expired comes back to life (L26). */
export class AdmissionClock {
  readonly #options: AdmissionClockOptions;
  #latest = 0;
  #suspect = false;

  static create(options: AdmissionClockOptions): AdmissionClock {
    return new AdmissionClock(options);
  }

  private constructor(options: AdmissionClockOptions) {
    this.#options = options;
  }

  /** Whether the clock of the host stands more than five minutes behind what it said before. */
  get suspect(): boolean {
    return this.#suspect;
  }

  now(): Date {
    const now = this.#options.now().getTime();
    const behindMs = this.#latest - now;
    const isSuspect = behindMs > SUSPECT_AFTER_MS;
    if (isSuspect && !this.#suspect) {
      this.#options.onSuspect?.(behindMs);
    }
    this.#suspect = isSuspect;
    this.#latest = Math.max(this.#latest, now);
    return new Date(this.#latest);
  }
}
