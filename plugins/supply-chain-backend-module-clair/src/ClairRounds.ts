import { Digest } from 'backstage-plugin-supply-chain-common';
import {
  RunningContent,
  RunningContents,
  SourceWriter,
} from 'backstage-plugin-supply-chain-node';
import { Clock } from 'backstage-plugin-supply-chain-node/clusters';
import { ClairClient } from './ClairClient';
import { ClairItem, failedScanOf, scanOf } from './clairReports';
import { ClairHealth, healthOf } from './clairHealth';
import { ClairFailure } from './ClairResult';
import { CLAIR_DEFAULTS, ClairSettings } from './ClairSettings';
import { ContentScan, scanContent } from './scanContent';
import { ScanEntry, ScanSchedule } from './ScanSchedule';
import { Scanner, ScannerWatch } from './ScannerWatch';

/** Options of {@link ClairRounds.create}. */
export type ClairRoundsOptions = {
  settings: ClairSettings;
  client: ClairClient;
  contents: RunningContents;
  writer: SourceWriter<ClairItem>;
  signal: AbortSignal;
  clock: Clock;
  report(health: ClairHealth): Promise<void>;
};

const TOUCHED_AT_ONCE = 200;
/** Scans of one round for each that runs at the same time: new images are not to wait for a whole fleet. */
const SCANS_PER_ROUND = 20;
/** No scan is started later in a round: one may take as long as an image is indexed. */
const ROUND_MS = 60_000;
/** How the source is doing is told this often within a round. */
const PROGRESS_INTERVAL_MS = 10_000;
/** After as many scans in a row that Clair did not answer in time, it is left alone for a while. */
const TIMEOUTS_MAX = 3;
/** What runs is looked at this often. */
const POLL_INTERVAL_MS = 60_000;
/** While what runs was another a moment ago, as when everything starts, it is looked at this often. */
const UNSETTLED_INTERVAL_MS = 5_000;
/** What Clair says of itself is asked this often while nothing is due, so that one that is down is noticed. */
const SCANNER_INTERVAL_MS = 60_000;

/** Looks at what runs, round by round, and has Clair scan what is due. */
export class ClairRounds {
  readonly #options: ClairRoundsOptions;
  readonly #concurrency: number;
  readonly #schedule: ScanSchedule;
  readonly #watch: ScannerWatch;
  #listed: string | undefined;
  /** What can be scanned of what runs. */
  #readable: ReadonlySet<string> = new Set();
  /** What runs was the same in the round before. */
  #isSettled = false;
  #scanner: Scanner | undefined;
  #outages = 0;
  /** Scans in a row that Clair did not answer in time. */
  #timeouts = 0;
  #reportedMs = -Infinity;
  /** Everything that ran was looked at once; until then what turns up is no change. */
  #isCaughtUp = false;

  /** Takes up where the last holder of the lease stopped. */
  static async create(options: ClairRoundsOptions): Promise<ClairRounds> {
    return new ClairRounds(options, await options.writer.knownVersions());
  }

  private constructor(options: ClairRoundsOptions, known: Map<string, string>) {
    this.#options = options;
    this.#concurrency =
      options.settings.concurrency ?? CLAIR_DEFAULTS.concurrency;
    this.#schedule = new ScanSchedule({ ...options, known });
    this.#watch = new ScannerWatch(options);
  }

  /** Has reports on these read in the next rounds, of those that can be. */
  readSoon(digests: Iterable<Digest>): void {
    for (const digest of digests) {
      if (this.#readable.has(digest)) {
        this.#schedule.want(digest);
      }
    }
  }

  /** Whether a report that {@link readSoon} asked for was not read yet. */
  isWaitedFor(digest: Digest): boolean {
    return this.#schedule.isWanted(digest);
  }

  /** One round; returns in how many milliseconds the next is due. */
  async run(): Promise<number> {
    const { contents: source, signal } = this.#options;
    const running = await source.list();
    await this.#keepOnly(running);
    const contents = running.filter(({ digest }) => this.#readable.has(digest));
    if (this.#isQuiet(contents)) {
      return this.#untilNext(contents);
    }
    const read = await this.#watch.read(signal);
    if (!read.ok) {
      this.#scanner = undefined;
      return this.#reportOutage('down', read);
    }
    const scanner = read.value;
    this.#scanner = scanner;
    this.#schedule.drawNear(contents, scanner);
    const stalled = await this.#scanAll(contents, scanner);
    if (stalled) {
      return this.#reportOutage('degraded', stalled);
    }
    this.#outages = 0;
    await this.#reportHealth(contents, scanner);
    return this.#untilNext(contents);
  }

  /** Whether there is nothing to ask Clair yet. */
  #isQuiet(contents: RunningContent[]): boolean {
    const scanner = this.#scanner;
    return (
      scanner !== undefined &&
      this.#sinceMs(scanner.readMs) < SCANNER_INTERVAL_MS &&
      !contents.some(content => this.#schedule.isDue(content, scanner))
    );
  }

  /** What no longer runs is forgotten; what does stays, also while Clair is down or no registry tells of it (L6). */
  async #keepOnly(contents: RunningContent[]): Promise<void> {
    const readable = contents.filter(({ locations }) => locations.length > 0);
    this.#readable = new Set(readable.map(({ digest }) => digest));
    const running = contents.map(({ digest }) => digest).sort();
    const listed = running
      .map(digest => (this.#readable.has(digest) ? digest : `${digest}?`))
      .join(' ');
    this.#isSettled = listed === this.#listed;
    if (this.#isSettled) {
      return;
    }
    const { writer } = this.#options;
    await writer.beginFullSync();
    const kept = running.filter(digest => this.#schedule.get(digest));
    for (let at = 0; at < kept.length; at += TOUCHED_AT_ONCE) {
      await writer.touch(kept.slice(at, at + TOUCHED_AT_ONCE));
    }
    await writer.completeFullSync({ resourceVersion: '' });
    this.#schedule.keepOnly({
      running: new Set(running),
      readable: this.#readable,
    });
    this.#listed = listed;
  }

  /** Scans what is due, and returns why it stopped before its time. */
  async #scanAll(
    contents: RunningContent[],
    scanner: Scanner,
  ): Promise<ClairFailure | undefined> {
    const { signal, clock } = this.#options;
    const startMs = clock.now().getTime();
    const queue = this.#schedule
      .take(contents, scanner)
      .slice(0, this.#concurrency * SCANS_PER_ROUND);
    let stalled: ClairFailure | undefined;
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const failure = await this.#scan(next, scanner);
        const isStalled = failure && this.#timeouts >= TIMEOUTS_MAX;
        stalled ??= isStalled ? failure : undefined;
        if (signal.aborted || stalled || this.#sinceMs(startMs) >= ROUND_MS) {
          return;
        }
        if (this.#sinceMs(this.#reportedMs) >= PROGRESS_INTERVAL_MS) {
          await this.#reportHealth(contents, scanner);
        }
      }
    };
    await Promise.all(Array.from({ length: this.#concurrency }, work));
    return stalled;
  }

  async #scan(
    content: RunningContent,
    scanner: Scanner,
  ): Promise<ClairFailure | undefined> {
    const { client, signal } = this.#options;
    const before = this.#schedule.get(content.digest);
    const scan = await scanContent({
      client,
      content,
      signal,
      state: scanner.state,
      indexedState: before?.indexedState || undefined,
    });
    if (signal.aborted) {
      return undefined;
    }
    if (scan.ok) {
      this.#timeouts = 0;
      await this.#writeScan(content, scan, scanner);
      return undefined;
    }
    this.#timeouts = scan.reason === 'sourceTimeout' ? this.#timeouts + 1 : 0;
    await this.#writeFailure(content, scan, {
      ...before,
      ...(scan.isIndexed && { indexedState: scanner.state }),
    });
    return scan;
  }

  async #writeScan(
    content: RunningContent,
    { report, maxAgeMs }: ContentScan & { ok: true },
    { state, database, staleSince }: Scanner,
  ): Promise<void> {
    const { clock, writer } = this.#options;
    const now = clock.now();
    const entry: ScanEntry = {
      status: 'present',
      dueMs: this.#schedule.afterSuccess(maxAgeMs),
      indexedState: state,
      database,
      attempts: 0,
    };
    const scannedAt = staleSince ?? now.toISOString();
    await writer.upsert([
      scanOf({ content, report, progress: entry, scannedAt, now }),
    ]);
    this.#schedule.settle(content.digest, entry);
  }

  async #writeFailure(
    content: RunningContent,
    failure: ClairFailure,
    before: Partial<ScanEntry>,
  ): Promise<void> {
    const { clock, writer } = this.#options;
    const attempts = (before.attempts ?? 0) + 1;
    const entry: ScanEntry = {
      status: before.status ?? 'unavailable',
      dueMs: this.#schedule.afterFailure(attempts, failure),
      indexedState: before.indexedState ?? '',
      database: before.database ?? '',
      attempts,
      failure,
    };
    const now = clock.now();
    // Where there is an earlier scan the store has it stand, with this beside it (L6).
    await writer.upsert([
      failedScanOf({ content, failure, progress: entry, now }),
    ]);
    this.#schedule.settle(content.digest, entry);
  }

  async #reportOutage(
    state: 'down' | 'degraded',
    failure: ClairFailure,
  ): Promise<number> {
    const { clock, report } = this.#options;
    this.#outages += 1;
    const { reason, message } = failure;
    const pauseMs = this.#schedule.backoffMs(this.#outages, failure);
    const nextTryAt = new Date(clock.now().getTime() + pauseMs).toISOString();
    await report({ state, reason, message, nextTryAt });
    return pauseMs;
  }

  async #reportHealth(
    contents: RunningContent[],
    { remark }: Scanner,
  ): Promise<void> {
    this.#reportedMs = this.#options.clock.now().getTime();
    this.#isCaughtUp ||= contents.every(({ digest }) =>
      this.#schedule.get(digest),
    );
    const failures = contents.flatMap(
      ({ digest }) => this.#schedule.get(digest)?.failure ?? [],
    );
    const items = contents.filter(
      ({ digest }) => this.#schedule.get(digest)?.status === 'present',
    ).length;
    await this.#options.report({
      ...(this.#isCaughtUp
        ? healthOf({ remark, failures, total: contents.length })
        : ({ state: 'starting' } as const)),
      items,
    });
  }

  #untilNext(contents: RunningContent[]): number {
    const now = this.#options.clock.now().getTime();
    const pollMs = this.#isSettled ? POLL_INTERVAL_MS : UNSETTLED_INTERVAL_MS;
    const dueMs = this.#schedule.nextMs(contents, this.#scanner) - now;
    return Math.max(1_000, Math.min(dueMs, pollMs));
  }

  /** However far away, also after the clock was set back. */
  #sinceMs(earlierMs: number): number {
    return Math.abs(this.#options.clock.now().getTime() - earlierMs);
  }
}
