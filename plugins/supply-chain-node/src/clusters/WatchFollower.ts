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
import { StreamLine } from './readLines';
import { ReflectorState } from './ReflectorState';
import { ReflectorTiming } from './reflectorTiming';
import { ObjectProblem, ReflectorTarget } from './ReflectorTarget';
import { ResourceReader, Scope } from './ResourceReader';
import { WatchChanges } from './WatchChanges';
import { parseWatchLine } from './watchEvents';
import { watchLines } from './watchLines';

/** So many watches in a row that end at once and tell nothing are a cluster whose changes do not arrive. */
const MAX_ENDED_AT_ONCE = 3;

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
  readonly #onJudged: () => Promise<void>;
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
    /** What is known to be wrong has changed. */
    onJudged: () => Promise<void>;
  }) {
    this.#scope = options.scope;
    this.#reader = options.reader;
    this.#target = options.target;
    this.#state = options.state;
    this.#clock = options.clock;
    this.#timing = options.timing;
    this.#exclusive = options.exclusive;
    this.#onJudged = options.onJudged;
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
      for await (const lines of watchLines(response)) {
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

  async #take(lines: StreamLine[]): Promise<void> {
    const breathe = createBreather();
    const { problems } = this.#state;
    const lost: ObjectProblem[] = [];
    // Known before anything is written: no point to go on from may pass it in silence.
    const lose = (problem: ObjectProblem) => {
      lost.push(problem);
      problems.replaceOfNoObject(lost);
    };
    let judged = false;
    let changes = new WatchChanges();
    for (const line of lines) {
      const event = parseWatchLine(line);
      switch (event.type) {
        case 'unusable':
          lose(event.problem);
          break;
        case 'error':
          await this.#write(changes);
          throw event.error;
        case 'bookmark':
          if (!this.#isBehind(event.resourceVersion)) {
            changes.position = event.resourceVersion;
            changes.bookmark = true;
          }
          break;
        default:
          this.#collect(event, changes, lose);
      }
      if (changes.isFull) {
        judged = (await this.#write(changes)) || judged;
        changes = new WatchChanges();
      }
      await breathe();
    }
    judged = (await this.#write(changes)) || judged;
    if (judged || lost.length > 0) {
      await this.#onJudged();
    }
  }

  #collect(
    event: { type: 'upsert' | 'remove'; object: KubernetesObject },
    changes: WatchChanges,
    lose: (problem: ObjectProblem) => void,
  ): void {
    const { object } = event;
    const { uid, resourceVersion } = object.metadata;
    if (!this.#reader.accepts(object)) {
      const message = `${nameOf(object)}: unexpected kind in a watch`;
      lose({ reason: 'malformedAnswer', message });
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
        lose({ reason: 'malformedAnswer', message });
      }
      return;
    }
    changes.position ??= this.#reached;
    if (event.type === 'upsert') {
      changes.upsert(object);
      this.#state.versions.set(uid, resourceVersion);
      this.#state.place(object.metadata);
    } else {
      changes.remove(uid);
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

  /** Tells whether what is known to be wrong has changed. */
  async #write(changes: WatchChanges): Promise<boolean> {
    const { upserts, removals, position, bookmark } = changes;
    if (position === undefined) {
      return false;
    }
    return this.#exclusive(async () => {
      // One may have been read again, and be newer, while this write waited.
      const current = [...upserts.values()].filter(
        ({ metadata: { uid, resourceVersion } }) =>
          !this.#state.isNewer(uid, resourceVersion),
      );
      const { problems } = this.#state;
      let judged = problems.forget(removals);
      if (current.length > 0) {
        const found = (await this.#target.upsert(current)) ?? [];
        const uids = current.map(({ metadata }) => metadata.uid);
        judged = problems.judge(uids, found) || judged;
      }
      if (removals.size > 0) {
        await this.#target.remove([...removals]);
      }
      this.#state.positions.set(this.#scope, position);
      await this.#savePosition(bookmark);
      return judged;
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
