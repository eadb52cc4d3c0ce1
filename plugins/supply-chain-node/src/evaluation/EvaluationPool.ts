import {
  ImageEvaluation,
  undecidedEvaluation,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationThread, ThreadFailure } from './EvaluationThread';
import { EvaluationAnswer, EvaluationBatch } from './messages';

/**
 * Options of {@link EvaluationPool}.
 *
 * @public
 */
export type EvaluationPoolOptions = {
  /**
   * Number of worker threads.
   * @defaultValue 1
   */
  threads?: number;
  /**
   * Time one image may take.
   * @defaultValue 1000
   */
  deadlineMs?: number;
};

/**
 * One evaluation with whether it may be kept: what timed out or failed must be tried again (L19).
 *
 * @public
 */
export type PooledEvaluation = ImageEvaluation & { decided: boolean };

/**
 * Evaluates policies in worker threads under a deadline (L19). The only place in production code that does;
 * portal, command line and webhook all come through here.
 *
 * @public
 */
export class EvaluationPool {
  readonly #deadlineMs: number;
  readonly #idle: EvaluationThread[] = [];
  readonly #waiting: Array<(thread: EvaluationThread) => void> = [];
  #startable: number;
  #closed = false;

  static create(options: EvaluationPoolOptions = {}): EvaluationPool {
    return new EvaluationPool(options);
  }

  private constructor(options: EvaluationPoolOptions) {
    this.#deadlineMs = options.deadlineMs ?? 1000;
    this.#startable = options.threads ?? 1;
  }

  /** Evaluates each item; the answers stand in the order of the items. */
  async evaluate(batch: EvaluationBatch): Promise<PooledEvaluation[]> {
    const evaluations: PooledEvaluation[] = [];
    while (evaluations.length < batch.items.length) {
      const rest = { ...batch, items: batch.items.slice(evaluations.length) };
      evaluations.push(...(await this.#evaluateOnOneThread(rest)));
    }
    return evaluations;
  }

  /** Stops all threads. Evaluations under way end undecided. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#idle.splice(0).map(thread => thread.stop()));
  }

  // At least one item is answered on each call, so that the caller's loop ends.
  async #evaluateOnOneThread(
    batch: EvaluationBatch,
  ): Promise<PooledEvaluation[]> {
    const thread = await this.#acquire();
    const { answers, failure } = await thread.run(batch);
    await this.#release(thread);
    const evaluations = answers.map(answer => decide(batch, answer));
    if (failure) {
      evaluations.push(undecided(batch, answers.length, failure));
    }
    return evaluations;
  }

  async #acquire(): Promise<EvaluationThread> {
    if (this.#closed) {
      throw new Error('The evaluation pool is closed');
    }
    const idle = this.#idle.pop();
    if (idle) {
      return idle;
    }
    if (this.#startable > 0) {
      this.#startable -= 1;
      return EvaluationThread.start({ deadlineMs: this.#deadlineMs });
    }
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  async #release(used: EvaluationThread): Promise<void> {
    if (!used.usable || this.#closed) {
      await used.stop();
    }
    const thread = used.usable
      ? used
      : EvaluationThread.start({ deadlineMs: this.#deadlineMs });
    const next = this.#waiting.shift();
    if (next) {
      next(thread);
    } else if (this.#closed) {
      await thread.stop();
    } else {
      this.#idle.push(thread);
    }
  }
}

function decide(
  batch: EvaluationBatch,
  answer: EvaluationAnswer,
): PooledEvaluation {
  return 'evaluation' in answer
    ? { ...answer.evaluation, decided: true }
    : undecided(batch, answer.index, { kind: 'crash', detail: answer.error });
}

function undecided(
  batch: EvaluationBatch,
  index: number,
  failure: ThreadFailure,
): PooledEvaluation {
  const { policies, trustRoots, items } = batch;
  const evaluation = undecidedEvaluation(
    { policies, trustRoots, ...items[index] },
    failure.kind === 'timeout' ? 'ruleTimeout' : 'ruleError',
  );
  return { ...evaluation, decided: false };
}
