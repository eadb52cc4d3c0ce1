import { Digest } from 'backstage-plugin-supply-chain-common';
import {
  ObservedReport,
  RunningContent,
  RunningContents,
  SourceReport,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';
import { ClairClient } from './ClairClient';
import {
  ContentProgress,
  failedScanOf,
  progressOf,
  scanOf,
} from './clairReports';
import { ClairFailure } from './ClairResult';
import { CLAIR_DEFAULTS, ClairSettings } from './ClairSettings';
import { ContentScan, scanContent } from './scanContent';

type Health = Omit<SourceReport, 'kind' | 'name'>;

/** Options of {@link ClairRounds.create}. */
export type ClairRoundsOptions = {
  settings: ClairSettings;
  client: ClairClient;
  contents: RunningContents;
  writer: SourceWriter<ObservedReport>;
  signal: AbortSignal;
  clock: Clock;
  report(health: Health): Promise<void>;
};

type Entry = ContentProgress & {
  /** Failed scans in a row. */
  attempts: number;
  failure?: ClairFailure;
};

/** What Clair says of itself in a round. */
type Scanner = { state: string; databaseDate?: string; readMs: number };

const FAILED_FIRST_MS = 30_000;
const FAILED_LONGEST_MS = 15 * 60_000;
const TOUCHED_AT_ONCE = 200;
/** Scans of one round for each that runs at the same time: new images are not to wait for a whole fleet. */
const SCANS_PER_ROUND = 20;
/** What runs is looked at this often. */
const POLL_INTERVAL_MS = 60_000;
/** While what runs was another a moment ago, as when everything starts, it is looked at this often. */
const UNSETTLED_INTERVAL_MS = 5_000;
/** What Clair says of itself is asked this often while nothing is due, so that one that is down is noticed. */
const SCANNER_INTERVAL_MS = 60_000;

/** Looks at what runs, round by round, and has Clair scan what is due. */
export class ClairRounds {
  readonly #options: ClairRoundsOptions;
  readonly #entries = new Map<string, Entry>();
  /** Reports on these have changed, somebody says; they are read once, whatever is due. */
  readonly #wanted = new Set<string>();
  #listed: string | undefined;
  #running: ReadonlySet<string> = new Set();
  /** What runs was the same in the round before. */
  #isSettled = false;
  #scanner: Scanner | undefined;
  #outages = 0;
  /** Everything that ran was looked at once; until then what turns up is no change. */
  #isCaughtUp = false;

  /** Takes up where the last holder of the lease stopped. */
  static async create(options: ClairRoundsOptions): Promise<ClairRounds> {
    const rounds = new ClairRounds(options);
    for (const [uid, version] of await options.writer.knownVersions()) {
      rounds.#entries.set(uid, { ...progressOf(version), attempts: 0 });
    }
    return rounds;
  }

  private constructor(options: ClairRoundsOptions) {
    this.#options = options;
  }

  /** Has reports on these read in the next rounds, of those that run. */
  readSoon(digests: Iterable<Digest>): void {
    for (const digest of digests) {
      if (this.#running.has(digest)) {
        this.#wanted.add(digest);
      }
    }
  }

  /** Whether a report that {@link readSoon} asked for was not read yet. */
  isWaitedFor(digest: Digest): boolean {
    return this.#wanted.has(digest);
  }

  /** One round; returns in how many milliseconds the next is due. */
  async run(): Promise<number> {
    const contents = await this.#options.contents.list();
    await this.#keepOnly(contents);
    if (this.#isQuiet(contents)) {
      return this.#untilNext(contents);
    }
    const read = await this.#readScanner();
    if (!read.ok) {
      this.#scanner = undefined;
      return this.#reportOutage(read);
    }
    const scanner = read.value;
    this.#scanner = scanner;
    this.#outages = 0;
    await this.#scanAll(this.#takeDue(contents, scanner), scanner);
    await this.#reportHealth(contents, scanner);
    return this.#untilNext(contents);
  }

  /** Whether there is nothing to ask Clair yet. */
  #isQuiet(contents: RunningContent[]): boolean {
    const now = this.#options.clock.now().getTime();
    const { readMs = -Infinity } = this.#scanner ?? {};
    return (
      now - readMs < SCANNER_INTERVAL_MS &&
      !contents.some(
        content =>
          this.#scanner === undefined || this.#isDue(content, this.#scanner),
      )
    );
  }

  /** What no longer runs is forgotten; what does stays, also while Clair is down. */
  async #keepOnly(contents: RunningContent[]): Promise<void> {
    const running = contents.map(({ digest }) => digest).sort();
    const listed = running.join(' ');
    this.#running = new Set(running);
    this.#isSettled = listed === this.#listed;
    if (this.#isSettled) {
      return;
    }
    const { writer } = this.#options;
    await writer.beginFullSync();
    const kept = running.filter(digest => this.#entries.has(digest));
    for (let at = 0; at < kept.length; at += TOUCHED_AT_ONCE) {
      await writer.touch(kept.slice(at, at + TOUCHED_AT_ONCE));
    }
    await writer.completeFullSync({ resourceVersion: '' });
    for (const uid of [...this.#entries.keys(), ...this.#wanted]) {
      if (!this.#running.has(uid)) {
        this.#entries.delete(uid);
        this.#wanted.delete(uid);
      }
    }
    this.#listed = listed;
  }

  async #readScanner(): Promise<{ ok: true; value: Scanner } | ClairFailure> {
    const { client, signal, clock } = this.#options;
    const state = await client.readIndexState(signal);
    if (!state.ok) {
      return state;
    }
    const date = await client.readDatabaseDate(signal);
    if (date.ok && date.value === null) {
      return {
        ok: false,
        reason: 'scannerUnavailable',
        message: 'The vulnerability database of Clair is empty',
      };
    }
    return {
      ok: true,
      value: {
        state: state.value,
        readMs: clock.now().getTime(),
        ...(date.ok && { databaseDate: date.value! }),
      },
    };
  }

  /** What was never scanned comes first. */
  #takeDue(contents: RunningContent[], scanner: Scanner): RunningContent[] {
    const { settings } = this.#options;
    const concurrency = settings.concurrency ?? CLAIR_DEFAULTS.concurrency;
    const due = contents.filter(content => this.#isDue(content, scanner));
    const isNew = ({ digest }: RunningContent) => !this.#entries.has(digest);
    return [
      ...due.filter(isNew),
      ...due.filter(content => !isNew(content)),
    ].slice(0, concurrency * SCANS_PER_ROUND);
  }

  #isDue({ digest }: RunningContent, { state }: Scanner): boolean {
    const entry = this.#entries.get(digest);
    return (
      !entry ||
      this.#wanted.has(digest) ||
      entry.dueMs <= this.#options.clock.now().getTime() ||
      // One that failed waits for its turn, whatever it was indexed with.
      (entry.attempts === 0 &&
        entry.status === 'present' &&
        entry.indexedState !== state)
    );
  }

  async #scanAll(due: RunningContent[], scanner: Scanner): Promise<void> {
    const { settings, signal } = this.#options;
    const queue = [...due];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (signal.aborted) {
          return;
        }
        await this.#scan(next, scanner);
      }
    };
    const concurrency = settings.concurrency ?? CLAIR_DEFAULTS.concurrency;
    await Promise.all(Array.from({ length: concurrency }, work));
  }

  async #scan(content: RunningContent, scanner: Scanner): Promise<void> {
    const { client, signal } = this.#options;
    const before = this.#entries.get(content.digest);
    const scan = await scanContent({
      client,
      content,
      signal,
      state: scanner.state,
      indexedState: before?.indexedState || undefined,
    });
    if (signal.aborted) {
      return;
    }
    this.#wanted.delete(content.digest);
    await (scan.ok
      ? this.#writeScan(content, scan, scanner)
      : this.#writeFailure(content, scan, {
          ...before,
          ...(scan.isIndexed && { indexedState: scanner.state }),
        }));
  }

  async #writeScan(
    content: RunningContent,
    scan: ContentScan & { ok: true },
    scanner: Scanner,
  ): Promise<void> {
    const { settings, clock, writer } = this.#options;
    const now = clock.now();
    const refreshMs =
      settings.refreshIntervalMs ?? CLAIR_DEFAULTS.refreshIntervalMs;
    const pauseMs = Math.max(scan.maxAgeMs ?? 0, refreshMs);
    const entry: Entry = {
      status: 'present',
      // Only ever later: Clair says how long its answer may be kept.
      dueMs: Math.round(now.getTime() + pauseMs * (1 + 0.1 * clock.random())),
      indexedState: scanner.state,
      attempts: 0,
    };
    const scannedAt = this.#staleSince(scanner) ?? now.toISOString();
    await writer.upsert([
      scanOf({ content, report: scan.report, progress: entry, scannedAt, now }),
    ]);
    this.#entries.set(content.digest, entry);
  }

  async #writeFailure(
    content: RunningContent,
    failure: ClairFailure,
    before: Partial<Entry>,
  ): Promise<void> {
    const { clock, writer } = this.#options;
    const now = clock.now();
    const attempts = (before.attempts ?? 0) + 1;
    const entry: Entry = {
      status: before.status ?? 'unavailable',
      dueMs: now.getTime() + this.#backoffMs(attempts, failure),
      indexedState: before.indexedState ?? '',
      attempts,
      failure,
    };
    // An earlier scan stands and grows older (L6).
    if (entry.status === 'unavailable') {
      await writer.upsert([
        failedScanOf({ content, failure, progress: entry, now }),
      ]);
    }
    this.#entries.set(content.digest, entry);
  }

  #backoffMs(attempts: number, { waitMs = 0 }: ClairFailure): number {
    const { clock } = this.#options;
    const backoff = Math.min(
      FAILED_FIRST_MS * 2 ** Math.min(attempts - 1, 10),
      FAILED_LONGEST_MS,
    );
    return Math.round(Math.max(backoff, waitMs) * (1 + 0.2 * clock.random()));
  }

  /** RFC 3339: when a database that is too old was last changed. */
  #staleSince({ databaseDate }: Scanner): string | undefined {
    const { settings, clock } = this.#options;
    const maxAgeMs =
      settings.databaseMaxAgeMs ?? CLAIR_DEFAULTS.databaseMaxAgeMs;
    const isStale =
      databaseDate !== undefined &&
      clock.now().getTime() - Date.parse(databaseDate) > maxAgeMs;
    return isStale ? databaseDate : undefined;
  }

  async #reportOutage(failure: ClairFailure): Promise<number> {
    const { clock, report } = this.#options;
    this.#outages += 1;
    const { reason, message } = failure;
    const pauseMs = this.#backoffMs(this.#outages, failure);
    const nextTryAt = new Date(clock.now().getTime() + pauseMs).toISOString();
    await report({ state: 'down', reason, message, nextTryAt });
    return pauseMs;
  }

  async #reportHealth(
    contents: RunningContent[],
    scanner: Scanner,
  ): Promise<void> {
    const { report } = this.#options;
    this.#isCaughtUp ||= contents.every(({ digest }) =>
      this.#entries.has(digest),
    );
    if (!this.#isCaughtUp) {
      await report({ state: 'starting' });
      return;
    }
    const failures = contents.flatMap(
      ({ digest }) => this.#entries.get(digest)?.failure ?? [],
    );
    const staleSince = this.#staleSince(scanner);
    if (staleSince) {
      await report({
        state: 'degraded',
        reason: 'scanStale',
        message: `The vulnerability database was last changed at ${staleSince}`,
      });
    } else if (failures.length > 0) {
      // Counted, not named: who reads the sources page may not see every image (L33).
      await report({
        state: 'degraded',
        reason: failures[0].reason,
        message: `${failures.length} of ${contents.length} images could not be scanned`,
      });
    } else {
      await report({
        state: 'ok',
        ...(scanner.databaseDate === undefined && {
          message: 'Clair does not tell how old its vulnerabilities are',
        }),
      });
    }
  }

  #untilNext(contents: RunningContent[]): number {
    const now = this.#options.clock.now().getTime();
    const dues = contents.map(content =>
      this.#scanner && this.#isDue(content, this.#scanner)
        ? now
        : this.#entries.get(content.digest)?.dueMs ?? now,
    );
    const earliest = dues.reduce(
      (left, right) => Math.min(left, right),
      now + (this.#isSettled ? POLL_INTERVAL_MS : UNSETTLED_INTERVAL_MS),
    );
    return Math.max(1_000, earliest - now);
  }
}
