import { Backoff, Clock } from './Clock';
import { OpenProblems } from './OpenProblems';

/** A doubt this many pauses after the end of the last one has nothing to do with it. */
const APART = 3;

/**
 * Something a list has to settle, and when that list is due. The pause grows while doubts follow each other, so that a
 * cluster that always gives reason to doubt is not listed all the time. It is measured from the end of a list: one that
 * takes longer than the pause is no sign of calm.
 *
 * @internal
 */
export class Doubt {
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  #dueAtMs: number | undefined;
  #endedAtMs = -Infinity;
  #pauseMs = 0;

  constructor(options: { clock: Clock; firstMs: number; maxMs: number }) {
    this.#clock = options.clock;
    this.#backoff = new Backoff(options);
  }

  get isOpen(): boolean {
    return this.#dueAtMs !== undefined;
  }

  /** False when the doubt is open already. */
  raise(): boolean {
    if (this.isOpen) {
      return false;
    }
    const nowMs = this.#nowMs();
    if (nowMs - this.#endedAtMs > APART * this.#pauseMs) {
      this.#backoff.reset();
    }
    this.#pauseMs = this.#backoff.nextMs();
    this.#dueAtMs = nowMs + this.#pauseMs;
    return true;
  }

  /** How long until the list is due. */
  remainingMs(): number {
    return Math.max(0, (this.#dueAtMs ?? Infinity) - this.#nowMs());
  }

  /** Called after a list that succeeded. */
  end(): void {
    if (this.isOpen) {
      this.#dueAtMs = undefined;
      this.#endedAtMs = this.#nowMs();
    }
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}

/**
 * The doubts of one reflector. Each has pauses of its own: what is refused for good does not delay what was lost.
 *
 * @internal
 */
export class Doubts {
  /** Something may have been missed; only a list ends that. */
  readonly lost: Doubt;
  /** Objects were refused. They are asked for again when they change; the list is there in case that was missed. */
  readonly #refused: Doubt;

  constructor(options: { clock: Clock; firstMs: number; maxMs: number }) {
    this.lost = new Doubt(options);
    this.#refused = new Doubt(options);
  }

  get open(): Doubt[] {
    return [this.lost, this.#refused].filter(({ isOpen }) => isOpen);
  }

  /** Returns those that were not open before. */
  raiseFor(problems: OpenProblems): Doubt[] {
    return [
      ...(problems.hasOfNoObject ? [this.lost] : []),
      ...(problems.objects.length > 0 ? [this.#refused] : []),
    ].filter(doubt => doubt.raise());
  }

  /** Called after a list that succeeded. */
  end(): void {
    this.lost.end();
    this.#refused.end();
  }
}
