import {
  CLOCK_TOLERANCE_MS,
  VexDetail,
  VexStatement,
} from 'backstage-plugin-supply-chain-common';
import { contentHash } from '../../contentHash';

/** What one statement is about, and what it says. */
type Stated = { about: string; atMs: number; clears: boolean };

/** When the same was stated last. */
type Latest = {
  atMs: number;
  /** That it matters, or that this is not known. */
  openAtMs: number;
};

/** The documents of one uploader about one image. */
export class StatedVex {
  readonly #documents: { id: string; stated: Stated[] }[] = [];
  readonly #latest = new Map<string, Latest>();
  readonly #untilMs: number;

  /** What is dated later counts for nothing yet, and supersedes nothing. */
  constructor(now: Date) {
    this.#untilMs = now.getTime() + CLOCK_TOLERANCE_MS;
  }

  add(id: string, { statements }: VexDetail): void {
    const stated = statements.map(statedOf);
    this.#documents.push({ id, stated });
    for (const { about, atMs, clears } of stated) {
      if (atMs <= this.#untilMs) {
        const known = this.#latest.get(about);
        this.#latest.set(about, {
          atMs: Math.max(atMs, known?.atMs ?? 0),
          openAtMs: Math.max(clears ? 0 : atMs, known?.openAtMs ?? 0),
        });
      }
    }
  }

  /**
   * The document that was added first of those whose every statement another one replaces. Without it nothing is decided
   * otherwise: the newest statement of the greatest trust decides, and what says that something matters is heard whatever
   * its trust, so only a later one that says so as well takes its place.
   */
  firstSuperseded(): string | undefined {
    return this.#documents.find(({ stated }) =>
      stated.every(each => this.#isSuperseded(each)),
    )?.id;
  }

  #isSuperseded({ about, atMs, clears }: Stated): boolean {
    const latest = this.#latest.get(about);
    return (
      latest !== undefined && atMs < (clears ? latest.atMs : latest.openAtMs)
    );
  }
}

function statedOf({ names, products, status, statedAt }: VexStatement): Stated {
  return {
    about: contentHash([[...names].sort(), products ?? null]),
    atMs: Date.parse(statedAt),
    clears: status === 'notAffected' || status === 'fixed',
  };
}
