import { evaluationInstant } from 'backstage-plugin-supply-chain-common';

/** Options of {@link AdmissionClock}. */
export type AdmissionClockOptions = {
  now(): Date;
  /** Hears once of each jump back by more than five minutes. */
  onSuspect?(jumpedMs: number): void;
};

/** The instant to evaluate at: it never runs behind an earlier one, so that nothing expired comes back to life (L26). */
export class AdmissionClock {
  readonly #options: AdmissionClockOptions;
  #latest?: string;
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
    const clock = this.#options.now();
    const { now, clockSuspect } = evaluationInstant(clock, this.#latest);
    if (clockSuspect && !this.#suspect) {
      this.#options.onSuspect?.(now.getTime() - clock.getTime());
    }
    this.#suspect = clockSuspect;
    this.#latest = now.toISOString();
    return now;
  }
}
