import { createBreather } from './breather';
import { Backoff, Clock, jitter, sleep } from './Clock';
import { asReadError } from './ClusterConnection';
import { ClusterReadError } from './ClusterReadError';
import { nameOf } from './ConvertingTarget';
import {
  compareResourceVersions,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { linkedAbort } from './linkedAbort';
import { readLines, StreamLine } from './readLines';
import { ReflectorState } from './ReflectorState';
import { ReflectorTiming } from './reflectorTiming';
import { ObjectProblem, ReflectorTarget } from './ReflectorTarget';
import { ResourceReader, Scope } from './ResourceReader';
import { parseWatchLine } from './watchEvents';

const LINE_MAX_BYTES = 8 * 1024 * 1024;
const WRITE_BATCH = 200;
/** So many watches in a row that end at once and tell nothing are a cluster whose changes do not arrive. */
const MAX_ENDED_AT_ONCE = 3;

/** The changes of one stretch of a watch; of several to one object the last counts. */
type Changes = {
  upserts: Map<string, KubernetesObject>;
  removals: Set<string>;
  position?: string;
  bookmark: boolean;
};

/**
 * Follows one scope of a resource by watches, one after the other.
 *
 * @internal
 */
export class WatchFollower {
  readonly #scope: Scope;
  readonly #reader: ResourceReader;
  readonly #target: ReflectorTarget;
  readonly #state: ReflectorState;
  readonly #clock: Clock;
  readonly #timing: ReflectorTiming;
  readonly #exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #onProblems: (problems: ObjectProblem[]) => Promise<void>;
  /** Last version seen; the state's position follows it after the write, so that only what is written is saved. */
  #reached: string | undefined;
  #savedAtMs = -Infinity;

  constructor(options: {
    scope: Scope;
    reader: ResourceReader;
    target: ReflectorTarget;
    state: ReflectorState;
    clock: Clock;
    timing: ReflectorTiming;
    /** Runs one write at a time: a writer has one order of calls, however many watches feed it. */
    exclusive: <T>(work: () => Promise<T>) => Promise<T>;
    onProblems: (problems: ObjectProblem[]) => Promise<void>;
  }) {
    this.#scope = options.scope;
    this.#reader = options.reader;
    this.#target = options.target;
    this.#state = options.state;
    this.#clock = options.clock;
    this.#timing = options.timing;
    this.#exclusive = options.exclusive;
    this.#onProblems = options.onProblems;
  }

  /** Ends when `signal` aborts; throws when the cluster refuses, expires the history or falls silent. */
  async run(signal: AbortSignal): Promise<void> {
    const pause = new Backoff({
      clock: this.#clock,
      firstMs: this.#timing.reopenMs,
      maxMs: this.#timing.maxBackoffMs,
    });
    let endedAtOnce = 0;
    while (!signal.aborted) {
      const openedAtMs = this.#nowMs();
      const outcome = await this.#watchOnce(signal);
      if (signal.aborted) {
        return;
      }
      // A quarter, so that all of them end before the watch counts as working.
      const atOnce = this.#nowMs() - openedAtMs < this.#timing.stableMs / 4;
      endedAtOnce = outcome === 'empty' && atOnce ? endedAtOnce + 1 : 0;
      if (endedAtOnce >= MAX_ENDED_AT_ONCE) {
        throw new ClusterReadError(
          'clusterUnreachable',
          `watches of ${this.#reader.resource} end at once`,
        );
      }
      if (outcome === 'silent') {
        // Quiet or hanging look the same; a small list tells them apart.
        await this.#reader.probe(this.#scope, signal);
      } else {
        if (outcome === 'lively') {
          pause.reset();
        }
        const delayMs = pause.nextMs();
        await sleep({ clock: this.#clock, delayMs, signal });
      }
    }
  }

  async #watchOnce(
    signal: AbortSignal,
  ): Promise<'lively' | 'empty' | 'silent'> {
    const { controller, unlink } = linkedAbort(signal);
    let silent = false;
    let cancel = () => {};
    // From the request on: a proxy may hold back even the head of the answer until the first line.
    const signOfLife = () => {
      cancel();
      cancel = this.#clock.setTimer(() => {
        silent = true;
        controller.abort();
      }, this.#timing.silenceMs);
    };
    let lively = false;
    try {
      signOfLife();
      const response = await this.#open(controller.signal);
      const body = response.body ?? [];
      for await (const lines of this.#lines(body)) {
        signOfLife();
        lively = lively || lines.length > 0;
        await this.#take(lines);
      }
    } catch (error) {
      if (!controller.signal.aborted) {
        throw error;
      }
    } finally {
      cancel();
      controller.abort();
      unlink();
    }
    if (silent) {
      return 'silent';
    }
    return lively ? 'lively' : 'empty';
  }

  async #open(signal: AbortSignal): Promise<Response> {
    const { watchTimeoutSeconds } = this.#timing;
    const position = this.#state.positions.get(this.#scope);
    if (position === undefined) {
      throw new TypeError('expected a list before a watch');
    }
    this.#reached = position;
    try {
      return await this.#reader.watch({
        scope: this.#scope,
        resourceVersion: position,
        timeoutSeconds: Math.max(1, jitter(this.#clock, watchTimeoutSeconds)),
        signal,
      });
    } catch (error) {
      throw asReadError(error);
    }
  }

  /** The lines of a stream; a stream that breaks off ends like one that was closed. */
  async *#lines(
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): AsyncGenerator<StreamLine[]> {
    const iterator = readLines(body as AsyncIterable<Uint8Array>, {
      maxLineBytes: LINE_MAX_BYTES,
    });
    for (;;) {
      let next: IteratorResult<StreamLine[]>;
      try {
        next = await iterator.next();
      } catch {
        // A dropped connection is everyday; the next request says whether the cluster is there.
        return;
      }
      if (next.done) {
        return;
      }
      yield next.value;
    }
  }

  async #take(lines: StreamLine[]): Promise<void> {
    const breathe = createBreather();
    const problems: ObjectProblem[] = [];
    let changes = newChanges();
    for (const line of lines) {
      const event = parseWatchLine(line);
      switch (event.type) {
        case 'unusable':
          problems.push(event.problem);
          break;
        case 'error':
          await this.#write(changes, problems);
          throw event.error;
        case 'bookmark':
          if (!this.#isBehind(event.resourceVersion)) {
            changes.position = event.resourceVersion;
            changes.bookmark = true;
          }
          break;
        default:
          this.#collect(event, changes, problems);
      }
      if (changes.upserts.size + changes.removals.size >= WRITE_BATCH) {
        await this.#write(changes, problems);
        changes = newChanges();
      }
      await breathe();
    }
    await this.#write(changes, problems);
    if (problems.length > 0) {
      await this.#onProblems(problems);
    }
  }

  #collect(
    event: { type: 'upsert' | 'remove'; object: KubernetesObject },
    changes: Changes,
    problems: ObjectProblem[],
  ): void {
    const { object } = event;
    const { uid, resourceVersion } = object.metadata;
    if (!this.#reader.accepts(object)) {
      const message = `${nameOf(object)}: unexpected kind in a watch`;
      problems.push({ reason: 'malformedAnswer', message });
      return;
    }
    if (this.#state.isOld(uid, resourceVersion)) {
      return;
    }
    if (!this.#isBehind(resourceVersion)) {
      changes.position = resourceVersion;
      this.#reached = resourceVersion;
    } else if (!this.#state.versions.has(uid)) {
      // Repeated after the object was removed, or late and still true: only the cluster can tell.
      if (event.type === 'upsert') {
        const message = `${nameOf(object)}: a watch event out of order`;
        problems.push({ reason: 'malformedAnswer', message });
      }
      return;
    }
    changes.position ??= this.#reached;
    if (event.type === 'upsert') {
      changes.upserts.set(uid, object);
      changes.removals.delete(uid);
      this.#state.versions.set(uid, resourceVersion);
    } else {
      changes.removals.add(uid);
      changes.upserts.delete(uid);
      this.#state.versions.delete(uid);
    }
  }

  /** Whether a version is not newer than what this watch has shown. */
  #isBehind(resourceVersion: string): boolean {
    const reached = this.#reached;
    return (
      reached !== undefined &&
      (compareResourceVersions(resourceVersion, reached) ?? 1) <= 0
    );
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }

  async #write(changes: Changes, problems: ObjectProblem[]): Promise<void> {
    const { upserts, removals, position, bookmark } = changes;
    if (position === undefined) {
      return;
    }
    await this.#exclusive(async () => {
      // One may have been read again, and be newer, while this write waited.
      const current = [...upserts.values()].filter(
        ({ metadata: { uid, resourceVersion } }) =>
          !this.#state.isNewer(uid, resourceVersion),
      );
      if (current.length > 0) {
        const found = (await this.#target.upsert(current)) ?? [];
        found.forEach(({ uid }) => uid && this.#state.versions.delete(uid));
        problems.push(...found);
      }
      if (removals.size > 0) {
        await this.#target.remove([...removals]);
      }
      this.#state.positions.set(this.#scope, position);
      await this.#savePosition(bookmark);
    });
  }

  async #savePosition(bookmark: boolean): Promise<void> {
    const nowMs = this.#nowMs();
    if (bookmark || nowMs - this.#savedAtMs >= this.#timing.saveEveryMs) {
      this.#savedAtMs = nowMs;
      await this.#target.saveResumePoint(this.#state.resumePoint());
    }
  }
}

function newChanges(): Changes {
  return { upserts: new Map(), removals: new Set(), bookmark: false };
}
