import { ConflictError } from '@backstage/errors';
import {
  FeedSink,
  HeldSource,
  ResumePoint,
  SourceHints,
  SourceReport,
  SourceWriter,
} from '../feeds';

type Stored = { uid: string; resourceVersion: string };

type Entry<T> = { item: T; seenInSync: number };

/**
 * What one source has written.
 *
 * @public
 */
export class MemorySource<T extends Stored> {
  readonly entries = new Map<string, Entry<T>>();
  /** Items handed over, those with the same content included. */
  upserted = 0;
  /** Items whose content was new. */
  written = 0;
  fullSyncs = 0;
  resumePoint: ResumePoint | undefined;
  sync = 0;
  /** The fence of the holder; a writer with a lower one is refused. */
  fence = 0;

  get items(): T[] {
    return [...this.entries.values()].map(({ item }) => item);
  }
}

/**
 * A feed sink in memory, for tests of feeds: one replica, the same rules as the real one.
 *
 * @public
 */
export class MemoryFeedSink<T extends Stored> implements FeedSink<T> {
  readonly sources = new Map<string, MemorySource<T>>();
  readonly reports: SourceReport[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #pending = new Map<string, Set<string>>();

  /** What a source has written; created on first use, so that tests may seed it. */
  source(name: string): MemorySource<T> {
    const source = this.sources.get(name) ?? new MemorySource<T>();
    this.sources.set(name, source);
    return source;
  }

  /** The last report of a source. */
  reportOf(name: string): SourceReport | undefined {
    return this.reports.filter(report => report.name === name).pop();
  }

  async setSources(names: string[]): Promise<void> {
    for (const name of this.sources.keys()) {
      if (!names.includes(name)) {
        this.sources.delete(name);
      }
    }
    names.forEach(name => this.source(name));
    this.#changed();
  }

  async report(report: SourceReport): Promise<void> {
    this.reports.push(report);
    this.#changed();
  }

  async whileHolding(
    options: { source: string; signal: AbortSignal },
    work: (held: HeldSource<T>) => Promise<void>,
  ): Promise<void> {
    const { signal } = options;
    while (!signal.aborted) {
      const source = this.source(options.source);
      source.fence += 1;
      const { fence } = source;
      const writer = this.#writer(source, fence);
      const hints = this.#hintsOf(options.source);
      const report = async (said: SourceReport) => {
        expectHeld(source, fence);
        await this.report(said);
      };
      try {
        await work({ writer, signal, hints, report });
      } catch (error) {
        if (!ConflictError.is(error)) {
          throw error;
        }
        // The lease was lost: this holder stops, and the loop asks for the lease anew.
      }
    }
  }

  /** Pushes a hint about a source. */
  hint(name: string, ...hints: string[]): void {
    const pending = this.#pending.get(name) ?? new Set();
    hints.forEach(hint => pending.add(hint));
    this.#pending.set(name, pending);
    this.#changed();
  }

  #hintsOf(name: string): SourceHints {
    return {
      take: async signal => {
        const abort = () => this.#changed();
        signal.addEventListener('abort', abort);
        await this.until(
          () => signal.aborted || (this.#pending.get(name)?.size ?? 0) > 0,
        );
        signal.removeEventListener('abort', abort);
        const taken = signal.aborted ? [] : [...this.#pending.get(name)!];
        this.#pending.delete(name);
        return taken;
      },
    };
  }

  /** Takes the lease away, as another replica would. */
  revoke(name: string): void {
    this.source(name).fence += 1;
  }

  /** Waits until the condition holds; it is asked again after every write and report. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) {
      return;
    }
    await new Promise<void>(resolve => {
      const listener = () => {
        if (condition()) {
          this.#listeners.delete(listener);
          resolve();
        }
      };
      this.#listeners.add(listener);
    });
  }

  #changed(): void {
    [...this.#listeners].forEach(listener => listener());
  }

  #writer(source: MemorySource<T>, fence: number): SourceWriter<T> {
    const write = async (change: () => void) => {
      expectHeld(source, fence);
      change();
      this.#changed();
    };
    return {
      resumePoint: async () => source.resumePoint,
      knownVersions: async () =>
        new Map(source.items.map(item => [item.uid, item.resourceVersion])),
      beginFullSync: () =>
        write(() => {
          source.sync += 1;
        }),
      upsert: items => write(() => upsert(source, items)),
      remove: uids =>
        write(() => uids.forEach(uid => source.entries.delete(uid))),
      touch: uids =>
        write(() => {
          for (const uid of uids) {
            const entry = source.entries.get(uid);
            if (entry) {
              entry.seenInSync = source.sync;
            }
          }
        }),
      completeFullSync: resumePoint =>
        write(() => completeFullSync(source, resumePoint)),
      saveResumePoint: resumePoint =>
        write(() => {
          source.resumePoint = resumePoint;
        }),
    };
  }
}

function expectHeld(source: { fence: number }, fence: number): void {
  if (fence !== source.fence) {
    throw new ConflictError('the lease of the source was lost');
  }
}

function upsert<T extends Stored>(source: MemorySource<T>, items: T[]): void {
  for (const item of items) {
    const before = source.entries.get(item.uid)?.item;
    source.upserted += 1;
    source.written += JSON.stringify(before) === JSON.stringify(item) ? 0 : 1;
    source.entries.set(item.uid, {
      item: structuredClone(item),
      seenInSync: source.sync,
    });
  }
}

function completeFullSync<T extends Stored>(
  source: MemorySource<T>,
  resumePoint: ResumePoint,
): void {
  for (const [uid, { seenInSync }] of source.entries) {
    if (seenInSync !== source.sync) {
      source.entries.delete(uid);
    }
  }
  source.fullSyncs += 1;
  source.resumePoint = resumePoint;
}
