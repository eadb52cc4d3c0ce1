/** Numbers both threads see: how many steps were begun, which one it is, and of which item. */
const SLOTS = 3;
const STEPS = 0;
const CURRENT = 1;
const ITEM = 2;

/** No rule, but what is around them: facts are matched and digested. */
const BETWEEN_RULES = -1;
const IDLE = -2;

/**
 * What the thread does at the moment.
 *
 * - `idle`: nothing, or the batch is still on its way.
 * - `between`: something that is no rule.
 * - `rule`: the rule at this place of the batch.
 */
export type ProgressStep =
  | { kind: 'idle' }
  | { kind: 'between' }
  | { kind: 'rule'; rule: number };

/**
 * How far a worker thread has come, in memory it shares with the thread that watches it: a message for each rule would
 * cost more than most rules do. The worker writes, the watcher reads; as long as the number of steps stays the same, the
 * worker is in the same step.
 */
export class EvaluationProgress {
  readonly #slots: Int32Array;

  constructor(memory: SharedArrayBuffer) {
    this.#slots = new Int32Array(memory);
  }

  /** Memory for one worker. */
  static allocate(): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT);
    new EvaluationProgress(memory).idle();
    return memory;
  }

  idle(): void {
    this.#begin(IDLE);
  }

  between(): void {
    this.#begin(BETWEEN_RULES);
  }

  /** The steps from now on are of the item at this place of the batch. */
  item(index: number): void {
    Atomics.store(this.#slots, ITEM, index);
    this.between();
  }

  rule(index: number): void {
    this.#begin(index);
  }

  /** Number of steps begun so far. */
  get steps(): number {
    return Atomics.load(this.#slots, STEPS);
  }

  /** The place in the batch of the item begun last. */
  get currentItem(): number {
    return Atomics.load(this.#slots, ITEM);
  }

  /** The step of the moment. */
  get current(): ProgressStep {
    const current = Atomics.load(this.#slots, CURRENT);
    switch (current) {
      case IDLE:
        return { kind: 'idle' };
      case BETWEEN_RULES:
        return { kind: 'between' };
      default:
        return { kind: 'rule', rule: current };
    }
  }

  // First what it is, then that it is new: who sees the new number sees the new step.
  #begin(step: number): void {
    Atomics.store(this.#slots, CURRENT, step);
    Atomics.add(this.#slots, STEPS, 1);
  }
}
