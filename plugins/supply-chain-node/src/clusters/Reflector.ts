import { Backoff, Clock, sleep, systemClock } from './Clock';
import { ClusterConnection } from './ClusterConnection';
import { ClusterReadError } from './ClusterReadError';
import { Doubts } from './Doubt';
import { Following, isWithin } from './Following';
import { PageParser } from './listItems';
import { ListSync } from './ListSync';
import { ObjectName } from './ObjectReads';
import { ReadableResource } from './readableResources';
import { readScopes } from './readScopes';
import { healthOf, ReflectorHealth } from './ReflectorHealth';
import { NextStep, ReflectorState } from './ReflectorState';
import { ReflectorTarget } from './ReflectorTarget';
import { DEFAULT_REFLECTOR_TIMING, ReflectorTiming } from './reflectorTiming';
import { ObjectForm, ResourceReader } from './ResourceReader';
import { WantedObjects } from './WantedObjects';

/**
 * @public
 */
export type ReflectorOptions = {
  connection: ClusterConnection;
  resource: ReadableResource;
  form: ObjectForm;
  target: ReflectorTarget;
  onHealth: (health: ReflectorHealth) => void | Promise<void>;
  /** Only these namespaces; all when empty or left out. */
  namespaces?: readonly string[];
  fieldSelector?: string;
  /** Change it when the same objects become other items, so that stored points of before are not gone on from. */
  resumeKey?: string;
  /**
   * Lists everything at every start. For objects that become items together with others: what changed of the others
   * while nobody watched changes items whose own object is as it was.
   * @defaultValue false: goes on from the stored point
   */
  startsAnew?: boolean;
  /**
   * Reads the pages of full lists.
   * @defaultValue here, in the thread of the caller
   */
  parsePage?: PageParser;
  clock?: Clock;
  timing?: Partial<ReflectorTiming>;
};

/** With more single objects wanted than this, a full list is cheaper. */
const MAX_WANTED = 500;

/**
 * Keeps a target in step with one resource of one cluster. The README of this folder explains how.
 *
 * @public
 */
export class Reflector {
  readonly #reader: ResourceReader;
  readonly #target: ReflectorTarget;
  readonly #state: ReflectorState;
  readonly #lists: ListSync;
  readonly #clock: Clock;
  readonly #timing: ReflectorTiming;
  readonly #backoff: Backoff;
  readonly #doubts: Doubts;
  readonly #onHealth: ReflectorOptions['onHealth'];
  readonly #startsAnew: boolean;
  #next: NextStep = 'fullList';
  #inRow = 0;
  #watchFailure: ClusterReadError | undefined;
  #following: Following | undefined;
  readonly #wanted = new WantedObjects();
  #attempted: () => void = () => undefined;
  /** Resolves after the first look at the cluster, whether it succeeded or not. */
  readonly firstAttempt: Promise<void>;

  static create(options: ReflectorOptions): Reflector {
    return new Reflector(options);
  }

  private constructor(options: ReflectorOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#timing = { ...DEFAULT_REFLECTOR_TIMING, ...options.timing };
    this.#target = options.target;
    this.#onHealth = options.onHealth;
    this.#startsAnew = options.startsAnew ?? false;
    this.#reader = new ResourceReader(options);
    this.#state = new ReflectorState({
      namespaces: options.namespaces,
      resumeKey: options.resumeKey ?? '1',
    });
    this.#lists = new ListSync({
      reader: this.#reader,
      target: this.#target,
      state: this.#state,
    });
    const { firstBackoffMs, maxBackoffMs, reconcileMs } = this.#timing;
    const clock = this.#clock;
    this.#backoff = new Backoff({
      clock,
      firstMs: firstBackoffMs,
      maxMs: maxBackoffMs,
    });
    this.#doubts = new Doubts({
      clock,
      firstMs: firstBackoffMs,
      maxMs: reconcileMs,
    });
    this.firstAttempt = new Promise(resolve => {
      this.#attempted = resolve;
    });
  }

  /** Runs until `signal` aborts. Throws only what the target throws. */
  async run(signal: AbortSignal): Promise<void> {
    const first = await this.#state.resume(this.#target);
    this.#next = this.#startsAnew ? 'fullList' : first;
    while (!signal.aborted) {
      let following = false;
      try {
        await this.#look(signal);
        following = true;
        this.#attempted();
        await this.#follow(signal);
      } catch (error) {
        this.#attempted();
        if (signal.aborted) {
          return;
        }
        if (!(error instanceof ClusterReadError)) {
          throw error;
        }
        await this.#afterFailure({ error, following, signal });
      }
    }
  }

  /** Asks for every object once more, for instance because objects elsewhere changed what they become. */
  requestFullSync(): void {
    this.#request('fullList');
  }

  /** Asks for single objects once more. Many of them, or repeated failures, end in a full sync. */
  requestAgain(objects: Iterable<ObjectName>): void {
    this.#wanted.add(objects);
    if (this.#wanted.size > MAX_WANTED) {
      this.#wanted.clear();
      this.requestFullSync();
    }
  }

  /** Asks for single objects that somebody else named; those outside the namespaces that are read are left alone. */
  requestNamed(objects: Iterable<ObjectName>): void {
    const isRead = (object: ObjectName) => isWithin(this.#state.scopes, object);
    this.requestAgain([...objects].filter(isRead));
  }

  /** Compares with the cluster now: a list of metadata, and what changed by name. */
  requestComparison(): void {
    this.#request('changedList');
  }

  #request(step: NextStep): void {
    this.#setNext(step);
    this.#following?.stop();
  }

  /** Of what is asked for, the most thorough counts. */
  #setNext(step: NextStep): void {
    if (step === 'fullList' || this.#next === 'probe') {
      this.#next = step;
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const step =
      this.#next === 'probe' && this.#doubts.lost.isOpen
        ? 'changedList'
        : this.#next;
    // Before the work: what is asked for while it runs is still wanted after it.
    this.#next = 'probe' as NextStep;
    try {
      await this.#carryOut(step, signal);
    } catch (error) {
      this.#setNext(step);
      throw error;
    }
    await this.#reportHealth();
  }

  async #carryOut(step: NextStep, signal: AbortSignal): Promise<void> {
    if (step === 'probe' && (await this.#probe(signal))) {
      return;
    }
    await (step === 'fullList'
      ? this.#lists.full(signal)
      : this.#lists.changes(signal));
    this.#doubts.end();
  }

  /** False when a namespace can be read again, of which nobody knows what changed meanwhile. */
  async #probe(signal: AbortSignal): Promise<boolean> {
    const state = this.#state;
    const forbidden = await readScopes(state.scopes, scope =>
      this.#reader.probe(scope, signal),
    );
    if ([...state.forbidden.keys()].some(scope => !forbidden.has(scope))) {
      return false;
    }
    state.forbidden = forbidden;
    return true;
  }

  /** Watches until something asks for a list; then returns. */
  async #follow(signal: AbortSignal): Promise<void> {
    if (this.#next !== 'probe') {
      return;
    }
    this.#following = new Following(
      {
        reader: this.#reader,
        target: this.#target,
        state: this.#state,
        lists: this.#lists,
        doubts: this.#doubts,
        wanted: this.#wanted,
        clock: this.#clock,
        timing: this.#timing,
        onNext: step => this.#setNext(step),
        onStable: () => this.#onStable(),
        onJudged: () => this.#reportHealth(),
      },
      signal,
    );
    try {
      await this.#following.run();
    } finally {
      this.#following = undefined;
    }
  }

  async #onStable(): Promise<void> {
    this.#inRow = 0;
    this.#backoff.reset();
    this.#watchFailure = undefined;
    await this.#reportHealth();
  }

  async #reportHealth(): Promise<void> {
    const { problems, forbidden } = this.#state;
    await this.#onHealth(
      healthOf({
        watchFailure: this.#watchFailure,
        forbidden: [...forbidden.values()],
        problems: problems.all,
      }),
    );
  }

  async #afterFailure(options: {
    error: ClusterReadError;
    following: boolean;
    signal: AbortSignal;
  }): Promise<void> {
    const { error, following, signal } = options;
    this.#inRow += 1;
    if (following && this.#next === 'probe') {
      // One refused watch may be chance. After two, a list: a version from before a restored backup never works again.
      const list = error.expired || this.#inRow > 1;
      this.#next = list ? 'changedList' : 'probe';
    }
    if (following && error.expired && this.#inRow === 1) {
      return;
    }
    const delayMs = Math.max(this.#backoff.nextMs(), error.retryAfterMs ?? 0);
    if (following) {
      this.#watchFailure = error;
    }
    const nextTry = new Date(this.#clock.now().getTime() + delayMs);
    await this.#onHealth({
      state: following ? 'degraded' : 'down',
      reason: error.reason,
      message: error.message,
      nextTryAt: nextTry.toISOString(),
    });
    await sleep({ clock: this.#clock, delayMs, signal });
  }
}
