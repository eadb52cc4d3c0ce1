import { Backoff, Clock, jitter, sleep, systemClock } from './Clock';
import { ClusterConnection } from './ClusterConnection';
import { ClusterReadError, ClusterReadReason } from './ClusterReadError';
import { linkedAbort } from './linkedAbort';
import { PageParser } from './listItems';
import { ListSync, ObjectName } from './ListSync';
import { ReadableResource } from './readableResources';
import { ReflectorState } from './ReflectorState';
import { ObjectProblem, ReflectorTarget } from './ReflectorTarget';
import { DEFAULT_REFLECTOR_TIMING, ReflectorTiming } from './reflectorTiming';
import { ObjectForm, ResourceReader, Scope } from './ResourceReader';
import { WatchFollower } from './WatchFollower';

/**
 * How one resource of one cluster can be read.
 *
 * - `degraded`: listed, but some objects or the watch are not readable.
 *
 * @public
 */
export type ReflectorHealth =
  | { state: 'ok' }
  | {
      state: 'degraded' | 'down';
      reason: ClusterReadReason;
      message: string;
      nextTryAt?: string;
    };

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

type NextStep = 'fullList' | 'changedList' | 'probe';

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
  readonly #problemBackoff: Backoff;
  readonly #onHealth: ReflectorOptions['onHealth'];
  readonly #startsAnew: boolean;
  #next: NextStep = 'fullList';
  #inRow = 0;
  #watchFailure: ClusterReadError | undefined;
  #problems: ObjectProblem[] = [];
  /** Something may have been missed; only a list ends the doubt. */
  #inDoubt = false;
  #problemAtMs = -Infinity;
  #problemDelayMs = 0;
  #stopFollowing: () => void = () => undefined;
  #wakeWanted: () => void = () => undefined;
  readonly #wanted = new Map<string, ObjectName>();
  #writes: Promise<unknown> = Promise.resolve();
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
    this.#problemBackoff = new Backoff({
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
    const resumed = await this.#state.resume(this.#target);
    this.#next = resumed && !this.#startsAnew ? 'probe' : 'fullList';
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
    this.#next = 'fullList';
    this.#stopFollowing();
  }

  /** Asks for single objects once more. Many of them, or a failure, end in a full sync. */
  requestAgain(objects: Iterable<ObjectName>): void {
    for (const object of objects) {
      this.#wanted.set(object.uid, object);
    }
    if (this.#wanted.size > MAX_WANTED) {
      this.#wanted.clear();
      this.requestFullSync();
    }
    this.#wakeWanted();
  }

  /** Asks for single objects that somebody else named; those outside the namespaces that are read are left alone. */
  requestNamed(objects: Iterable<ObjectName>): void {
    const { scopes } = this.#state;
    const isRead = ({ namespace }: ObjectName) =>
      scopes.includes(undefined) || scopes.includes(namespace);
    this.requestAgain([...objects].filter(isRead));
  }

  /** Compares with the cluster now: a list of metadata, and what changed by name. */
  requestComparison(): void {
    this.#requestChanges();
  }

  #requestChanges(): void {
    if (this.#next === 'probe') {
      this.#next = 'changedList';
    }
    this.#stopFollowing();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const step =
      this.#next === 'probe' && this.#inDoubt ? 'changedList' : this.#next;
    // Before the work: what is asked for while it runs is still wanted after it.
    this.#next = 'probe' as NextStep;
    try {
      await this.#carryOut(step, signal);
    } catch (error) {
      const requested: NextStep = this.#next;
      this.#next = requested === 'fullList' ? requested : step;
      throw error;
    }
    await this.#reportHealth();
  }

  async #carryOut(step: NextStep, signal: AbortSignal): Promise<void> {
    if (step === 'probe') {
      for (const scope of this.#state.scopes) {
        await this.#reader.probe(scope, signal);
      }
      return;
    }
    this.#problems =
      step === 'fullList'
        ? await this.#lists.full(signal)
        : await this.#lists.changes(signal);
    this.#inDoubt = false;
  }

  /** Watches until something asks for a list; then returns. */
  async #follow(signal: AbortSignal): Promise<void> {
    if (this.#next !== 'probe') {
      return;
    }
    const { controller, unlink } = linkedAbort(signal);
    this.#stopFollowing = () => controller.abort();
    const reconcileMs = jitter(this.#clock, this.#timing.reconcileMs);
    // Nobody waits for a timer: what fails in it, as a report whose lease was lost, ends the following.
    let end: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => {
      end = reject;
    });
    const timers = [
      this.#clock.setTimer(() => this.#requestChanges(), reconcileMs),
      this.#clock.setTimer(
        () => this.#onStable().catch(end),
        this.#timing.stableMs,
      ),
    ];
    const doubt = () => this.#doubt(timers);
    if (this.#problems.length > 0) {
      doubt();
    }
    const followers = [
      ...this.#state.scopes.map(scope =>
        this.#follower(scope, doubt).run(controller.signal),
      ),
      this.#readWanted(doubt, controller.signal),
    ];
    try {
      await Promise.race([Promise.all(followers), failed]);
    } finally {
      timers.forEach(cancel => cancel());
      this.#stopFollowing = () => undefined;
      controller.abort();
      unlink();
      // No follower may still write when a list begins.
      await Promise.allSettled(followers);
    }
  }

  #follower(scope: Scope, doubt: () => void): WatchFollower {
    return new WatchFollower({
      scope,
      reader: this.#reader,
      target: this.#target,
      state: this.#state,
      clock: this.#clock,
      timing: this.#timing,
      exclusive: work => this.#exclusive(work),
      onProblems: async problems => {
        this.#problems = problems;
        await this.#reportHealth();
        doubt();
      },
    });
  }

  /** What could not be read, or was lost with an unusable event, is found by comparing with the cluster. */
  #doubt(timers: Array<() => void>): void {
    if (this.#inDoubt) {
      return;
    }
    this.#inDoubt = true;
    const nowMs = this.#clock.now().getTime();
    // The pause grows while problems go on, so that a server that always sends some is not listed all the time.
    if (nowMs - this.#problemAtMs > 3 * this.#problemDelayMs) {
      this.#problemBackoff.reset();
    }
    this.#problemAtMs = nowMs;
    this.#problemDelayMs = this.#problemBackoff.nextMs();
    timers.push(
      this.#clock.setTimer(() => this.#requestChanges(), this.#problemDelayMs),
    );
  }

  /** Reads what `requestAgain` asked for, between the writes of the watches. */
  async #readWanted(doubt: () => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#exclusive(async () => {
        const objects = [...this.#wanted.values()];
        this.#wanted.clear();
        try {
          const problems = await this.#lists.again(objects, signal);
          if (problems.length > 0) {
            this.#problems = problems;
            await this.#reportHealth();
            doubt();
          }
        } catch (error) {
          this.#next = 'fullList';
          throw error;
        }
      });
      await new Promise<void>(resolve => {
        this.#wakeWanted = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (this.#wanted.size > 0 || signal.aborted) {
          resolve();
        }
      });
    }
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writes.then(work);
    // The caller gets the error; the next write in line only needs to know that this one is over.
    this.#writes = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async #onStable(): Promise<void> {
    this.#inRow = 0;
    this.#backoff.reset();
    this.#watchFailure = undefined;
    await this.#reportHealth();
  }

  async #reportHealth(): Promise<void> {
    const [problem] = this.#problems;
    const failure = this.#watchFailure;
    if (failure) {
      const { reason, message } = failure;
      await this.#onHealth({ state: 'degraded', reason, message });
    } else if (problem) {
      const more = this.#problems.length - 1;
      const message = more
        ? `${problem.message} (and ${more} more)`
        : problem.message;
      await this.#onHealth({
        state: 'degraded',
        reason: problem.reason,
        message,
      });
    } else {
      await this.#onHealth({ state: 'ok' });
    }
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
