import { Digest } from 'backstage-plugin-supply-chain-common';
import { RunningContent } from 'backstage-plugin-supply-chain-node';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';
import { ContentProgress, progressOf } from './clairReports';
import { ClairFailure } from './ClairResult';
import { CLAIR_DEFAULTS, ClairSettings } from './ClairSettings';
import { MAX_AGE_LIMIT_MS } from './parseAnswers';
import { Scanner } from './ScannerWatch';

/** How far an image has come. */
export type ScanEntry = ContentProgress & {
  /** Failed scans in a row. */
  attempts: number;
  failure?: ClairFailure;
  /** The database has changed since, and `dueMs` was set for that. */
  isDrawnNear?: boolean;
};

const FAILED_FIRST_MS = 30_000;
const FAILED_LONGEST_MS = 15 * 60_000;
/** At most this long after the database has changed, its images are read again, moved at random: it has many updaters. */
const DATABASE_SPREAD_MS = 30 * 60_000;
/** Scans are at random this part later than they would be due. */
const LATER = 0.1;

/** Which images are due for a scan, and when. */
export class ScanSchedule {
  readonly #clock: Clock;
  readonly #refreshMs: number;
  readonly #entries = new Map<string, ScanEntry>();
  /** Reports on these have changed, somebody says; they are read once, whatever is due. */
  readonly #wanted = new Set<string>();

  /** @param known - Versions of stored reports: the pace survives a restart. */
  constructor(options: {
    settings: ClairSettings;
    clock: Clock;
    known: Map<string, string>;
  }) {
    const { settings, clock, known } = options;
    this.#clock = clock;
    this.#refreshMs =
      settings.refreshIntervalMs ?? CLAIR_DEFAULTS.refreshIntervalMs;
    for (const [uid, version] of known) {
      this.#entries.set(uid, { ...progressOf(version), attempts: 0 });
    }
  }

  get(digest: string): ScanEntry | undefined {
    return this.#entries.get(digest);
  }

  /** What came of a scan. */
  settle(digest: Digest, entry: ScanEntry): void {
    this.#wanted.delete(digest);
    this.#entries.set(digest, entry);
  }

  /** Has a report read once more, whatever is due. */
  want(digest: Digest): void {
    this.#wanted.add(digest);
  }

  isWanted(digest: Digest): boolean {
    return this.#wanted.has(digest);
  }

  /** Forgets what does not run, and waits for nothing that cannot be scanned. */
  keepOnly(options: {
    running: ReadonlySet<string>;
    readable: ReadonlySet<string>;
  }): void {
    for (const digest of this.#entries.keys()) {
      if (!options.running.has(digest)) {
        this.#entries.delete(digest);
      }
    }
    for (const digest of this.#wanted) {
      if (!options.readable.has(digest)) {
        this.#wanted.delete(digest);
      }
    }
  }

  /**
   * Scans against another database are made anew sooner. Once for each scan: while Clair loads, its database changes every
   * minute.
   */
  drawNear(contents: RunningContent[], { database }: Scanner): void {
    const now = this.#nowMs();
    for (const { digest } of contents) {
      const entry = this.#entries.get(digest);
      if (
        entry?.status === 'present' &&
        entry.attempts === 0 &&
        !entry.isDrawnNear &&
        database &&
        entry.database !== database
      ) {
        const soonMs = DATABASE_SPREAD_MS * this.#clock.random();
        entry.dueMs = Math.min(entry.dueMs, Math.round(now + soonMs));
        entry.isDrawnNear = true;
      }
    }
  }

  isDue({ digest }: RunningContent, { state }: Scanner): boolean {
    const entry = this.#entries.get(digest);
    return (
      !entry ||
      this.#wanted.has(digest) ||
      this.#isReached(entry.dueMs) ||
      // One that failed waits for its turn, whatever it was indexed with.
      (entry.attempts === 0 &&
        entry.status === 'present' &&
        entry.indexedState !== state)
    );
  }

  /** What is due: first what was never scanned, then what is wanted, then what waits for longest. */
  take(contents: RunningContent[], scanner: Scanner): RunningContent[] {
    return contents
      .filter(content => this.isDue(content, scanner))
      .map(content => ({ content, rank: this.#rankOf(content.digest) }))
      .sort((left, right) => left.rank - right.rank)
      .map(({ content }) => content);
  }

  /** When the next is due; now, when one is. */
  nextMs(contents: RunningContent[], scanner: Scanner | undefined): number {
    const now = this.#nowMs();
    return contents.reduce((earliest, content) => {
      const isDue = scanner !== undefined && this.isDue(content, scanner);
      const entry = this.#entries.get(content.digest);
      return Math.min(earliest, isDue || !entry ? now : entry.dueMs);
    }, Infinity);
  }

  /** When what succeeded is due again. Only ever later than it should: Clair says how long its answer may be kept. */
  afterSuccess(maxAgeMs = 0): number {
    const pauseMs = Math.max(maxAgeMs, this.#refreshMs);
    return Math.round(
      this.#nowMs() + pauseMs * (1 + LATER * this.#clock.random()),
    );
  }

  /** When what failed is due again. */
  afterFailure(attempts: number, failure: ClairFailure): number {
    return this.#nowMs() + this.backoffMs(attempts, failure);
  }

  /** The pause after as many failures. */
  backoffMs(attempts: number, { waitMs = 0 }: ClairFailure): number {
    const backoff = Math.min(
      FAILED_FIRST_MS * 2 ** Math.min(attempts - 1, 10),
      FAILED_LONGEST_MS,
    );
    return Math.round(
      Math.max(backoff, waitMs) * (1 + 0.2 * this.#clock.random()),
    );
  }

  /** No pause is longer than the longest: whoever set it then had a clock that was ahead, or other settings. */
  #isReached(dueMs: number): boolean {
    const longestMs = Math.max(MAX_AGE_LIMIT_MS, this.#refreshMs) * (1 + LATER);
    const now = this.#nowMs();
    return dueMs <= now || dueMs > now + longestMs;
  }

  #rankOf(digest: Digest): number {
    const entry = this.#entries.get(digest);
    if (!entry) {
      return -2;
    }
    return this.#wanted.has(digest) ? -1 : entry.dueMs;
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
