import { EvaluationProgress } from './EvaluationProgress';

const START_DEADLINE_MS = 30_000;

/** How often a thread at work is looked at, at most: what is too slow is seen this much later. */
const LOOK_EVERY_MS = 25;

/** A thread may wait this many times its deadline for a processor before it is given up all the same. */
const WAITING_FACTOR = 4;

/** How long a thread may take: time of the processor, where that can be told. */
export type EvaluationDeadlines = {
  /** For one rule on one image. */
  ruleDeadlineMs: number;
  /** For what is around the rules of one image. */
  deadlineMs: number;
};

/** Options of {@link StepWatch}. */
export type StepWatchOptions = {
  progress: EvaluationProgress;
  deadlines: EvaluationDeadlines;
  /** Time the thread had a processor so far; absent where the platform cannot tell. */
  processorMs?: () => Promise<number>;
  /** Called once, with words that say what was too slow. */
  onSlow: (detail: string) => void;
};

/**
 * Watches a thread at work and says when it stays in one step for too long. A machine that is busy with something else
 * makes every rule slow; so what counts is the time the thread had a processor, and only far beyond the deadline the
 * time by the clock.
 */
export class StepWatch {
  readonly #options: StepWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #steps: number;
  #since = performance.now();
  #processorAtStart: Promise<number> | undefined;

  static start(options: StepWatchOptions): StepWatch {
    return new StepWatch(options);
  }

  private constructor(options: StepWatchOptions) {
    this.#options = options;
    this.#steps = options.progress.steps;
    const { ruleDeadlineMs, deadlineMs } = options.deadlines;
    this.#timer = setInterval(
      () => this.#look(),
      Math.min(LOOK_EVERY_MS, ruleDeadlineMs / 4, deadlineMs / 4),
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * After this event loop was blocked itself, the first look sees another step and counts anew, so that what ended
   * meanwhile is not taken for slow.
   */
  #look(): void {
    const { progress } = this.#options;
    if (progress.steps !== this.#steps) {
      this.#steps = progress.steps;
      this.#since = performance.now();
      this.#processorAtStart = this.#processorMs();
      return;
    }
    const limitMs = this.#limitMs();
    const elapsedMs = performance.now() - this.#since;
    if (elapsedMs < limitMs) {
      return;
    }
    if (
      this.#processorAtStart === undefined ||
      elapsedMs >= limitMs * WAITING_FACTOR
    ) {
      // The timers run before the messages that arrived meanwhile.
      setImmediate(() => this.#slow(this.#steps, limitMs));
    } else {
      this.#comparing(this.#processorAtStart, this.#steps, limitMs);
    }
  }

  async #comparing(
    processorAtStart: Promise<number>,
    steps: number,
    limitMs: number,
  ): Promise<void> {
    const [before, now] = await Promise.all([
      processorAtStart,
      this.#processorMs() ?? Infinity,
    ]);
    if (now - before >= limitMs) {
      this.#slow(steps, limitMs);
    }
  }

  #slow(steps: number, limitMs: number): void {
    if (this.#options.progress.steps === steps) {
      this.#options.onSlow(`no step further within ${limitMs} ms`);
    }
  }

  /** A thread that ended has no time; who waits for it hears of its end otherwise. */
  #processorMs(): Promise<number> | undefined {
    return this.#options.processorMs?.().catch(() => 0);
  }

  #limitMs(): number {
    const { deadlines, progress } = this.#options;
    switch (progress.current.kind) {
      case 'rule':
        return deadlines.ruleDeadlineMs;
      case 'between':
        return deadlines.deadlineMs;
      default:
        return START_DEADLINE_MS;
    }
  }
}
