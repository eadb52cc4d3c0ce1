import { ExaminedImage } from '../../verify/ImageExaminer';
import { isComplete } from './mergeLooks';

/** What is kept of a look. */
export type RememberedLook = { image: ExaminedImage; version: string };

/** What was found out about images, as long as it may be used. The one not asked for longest goes first. */
export class LookMemory {
  readonly #options: {
    entriesMax: number;
    rememberMs: number;
    /** Milliseconds that never go back: a clock that jumps neither prolongs nor ends anything. */
    monotonicMs(): number;
  };
  readonly #entries = new Map<
    string,
    { look: RememberedLook; until: number }
  >();

  static create(options: {
    entriesMax: number;
    rememberMs: number;
    monotonicMs(): number;
  }): LookMemory {
    return new LookMemory(options);
  }

  private constructor(options: {
    entriesMax: number;
    rememberMs: number;
    monotonicMs(): number;
  }) {
    this.#options = options;
  }

  /** Entries kept. */
  get size(): number {
    return this.#entries.size;
  }

  /** What needs no look yet. */
  fresh(key: string): RememberedLook | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.until <= this.#options.monotonicMs()) {
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.look;
  }

  /** What was found last, however long ago: evidence says itself when it expires (L6). */
  standing(key: string): RememberedLook | undefined {
    return this.#entries.get(key)?.look;
  }

  /** Keeps a look. One that was not read to its end is looked for again at once. */
  remember(key: string, look: RememberedLook): void {
    const { entriesMax, rememberMs, monotonicMs } = this.#options;
    const lastsMs = isComplete(look.image) ? rememberMs : 0;
    this.#entries.delete(key);
    this.#entries.set(key, { look, until: monotonicMs() + lastsMs });
    if (this.#entries.size > entriesMax) {
      this.#entries.delete(this.#entries.keys().next().value as string);
    }
  }
}
