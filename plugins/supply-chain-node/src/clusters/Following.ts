import { Backoff, Clock, jitter, sleep } from './Clock';
import { ClusterReadError } from './ClusterReadError';
import { Doubt, Doubts } from './Doubt';
import { linkedAbort } from './linkedAbort';
import { ListSync } from './ListSync';
import { ObjectName } from './ObjectReads';
import { NextStep, ReflectorState } from './ReflectorState';
import { ReflectorTarget } from './ReflectorTarget';
import { ReflectorTiming } from './reflectorTiming';
import { ResourceReader, Scope } from './ResourceReader';
import { WantedObjects } from './WantedObjects';
import { WatchFollower } from './WatchFollower';

/**
 * Options of {@link Following}.
 *
 * @internal
 */
export type FollowingOptions = {
  reader: ResourceReader;
  target: ReflectorTarget;
  state: ReflectorState;
  lists: ListSync;
  doubts: Doubts;
  wanted: WantedObjects;
  clock: Clock;
  timing: ReflectorTiming;
  /** What is to be done after the following. */
  onNext: (step: NextStep) => void;
  /** The watches count as working. */
  onStable: () => Promise<void>;
  /** What is known to be wrong has changed. */
  onJudged: () => Promise<void>;
};

/**
 * Watches from one list to the next: every scope that may be read, and the single objects that are asked for.
 *
 * @internal
 */
export class Following {
  readonly #options: FollowingOptions;
  readonly #controller: AbortController;
  readonly #unlink: () => void;
  readonly #timers: Array<() => void> = [];
  #writes: Promise<unknown> = Promise.resolve();

  constructor(options: FollowingOptions, signal: AbortSignal) {
    this.#options = options;
    const { controller, unlink } = linkedAbort(signal);
    this.#controller = controller;
    this.#unlink = unlink;
  }

  stop(): void {
    this.#controller.abort();
  }

  /** Ends when something asks for a list; throws what a watch or a single read fails with. */
  async run(): Promise<void> {
    const { signal } = this.#controller;
    // Nobody waits for a timer: what fails in it, as a report whose lease was lost, ends the following.
    const failed = this.#startTimers();
    const followers = this.#followers();
    try {
      await Promise.race([Promise.all(followers), failed]);
    } catch (error) {
      // What was stopped on the way has not failed.
      if (!(signal.aborted && error instanceof ClusterReadError)) {
        throw error;
      }
    } finally {
      this.#timers.forEach(cancel => cancel());
      this.stop();
      this.#unlink();
      // No follower may still write when a list begins.
      await Promise.allSettled(followers);
    }
  }

  #startTimers(): Promise<never> {
    const { clock, timing, doubts, state, onStable } = this.#options;
    this.#listAfter(jitter(clock, timing.reconcileMs));
    doubts.raiseFor(state.problems);
    this.#schedule(doubts.open);
    return new Promise<never>((_, reject) => {
      this.#timers.push(
        clock.setTimer(() => onStable().catch(reject), timing.stableMs),
      );
    });
  }

  #schedule(doubts: Doubt[]): void {
    doubts.forEach(doubt => this.#listAfter(doubt.remainingMs()));
  }

  #listAfter(delayMs: number): void {
    this.#timers.push(
      this.#options.clock.setTimer(() => this.#endWithList(), delayMs),
    );
  }

  #endWithList(): void {
    this.#options.onNext('changedList');
    this.stop();
  }

  #followers(): Promise<void>[] {
    const { state } = this.#options;
    return [
      ...state.readableScopes.map(scope => this.#watch(scope)),
      ...[...state.forbidden.keys()].map(scope => this.#awaitRight(scope)),
      this.#readWanted(),
    ];
  }

  #watch(scope: Scope): Promise<void> {
    return new WatchFollower({
      ...this.#options,
      scope,
      exclusive: work => this.#exclusive(work),
      onJudged: () => this.#judged(),
    }).run(this.#controller.signal);
  }

  async #judged(): Promise<void> {
    const { doubts, state, onJudged } = this.#options;
    await onJudged();
    this.#schedule(doubts.raiseFor(state.problems));
  }

  /** Asks from time to time whether a namespace may be read by now. */
  async #awaitRight(scope: Scope): Promise<void> {
    const { clock, timing, reader } = this.#options;
    const { signal } = this.#controller;
    const pause = new Backoff({
      clock,
      firstMs: timing.firstBackoffMs,
      maxMs: timing.maxBackoffMs,
    });
    while (!signal.aborted) {
      await sleep({ clock, delayMs: pause.nextMs(), signal });
      try {
        await reader.probe(scope, signal);
        this.#endWithList();
      } catch (error) {
        // Why it cannot be read is part of the health already.
        if (!(error instanceof ClusterReadError)) {
          throw error;
        }
      }
    }
  }

  /** Reads what was asked for by name, between the writes of the watches. */
  async #readWanted(): Promise<void> {
    const { wanted } = this.#options;
    const { signal } = this.#controller;
    while (!signal.aborted) {
      await this.#exclusive(() => this.#readOnce());
      await wanted.more(signal);
    }
  }

  #readOnce(): Promise<void> {
    const { wanted, lists, state, onNext } = this.#options;
    const { signal } = this.#controller;
    return wanted.read({
      signal,
      isReadable: object => isWithin(state.readableScopes, object),
      read: async objects => {
        if (await lists.again(objects, signal)) {
          await this.#judged();
        }
      },
      onFailure: isGivenUp => onNext(isGivenUp ? 'fullList' : 'changedList'),
    });
  }

  /** A writer has one order of calls, however many watches feed it. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writes.then(work);
    // The caller gets the error; the next write in line only needs to know that this one is over.
    this.#writes = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }
}

/**
 * Whether an object lies in one of the namespaces, or all are among them.
 *
 * @internal
 */
export function isWithin(
  scopes: readonly Scope[],
  { namespace }: ObjectName,
): boolean {
  return scopes.includes(undefined) || scopes.includes(namespace);
}
