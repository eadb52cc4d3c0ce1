import { availableParallelism } from 'node:os';
import {
  FailedRule,
  ImageEvaluation,
  undecidedEvaluation,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationThread, ThreadFailure } from './EvaluationThread';
import {
  EvaluationAnswer,
  EvaluationBatch,
  packItem,
  rulesOf,
} from './messages';
import { RuleQuarantine } from './RuleQuarantine';
import { EvaluationDeadlines } from './StepWatch';

/**
 * Options of {@link EvaluationPool}.
 *
 * @public
 */
export type EvaluationPoolOptions = {
  /**
   * Number of worker threads; each starts when there is work for it.
   * @defaultValue 2, or 1 on a single core
   */
  threads?: number;
  /**
   * Time of the processor that one rule may take on one image; by the clock, where the platform cannot tell.
   * @defaultValue 250
   */
  ruleDeadlineMs?: number;
  /**
   * Time that what is around the rules may take for one image, for instance to digest its facts.
   * @defaultValue 1000
   */
  deadlineMs?: number;
};

/** A thread holds some 60 MiB; more of them than this gain little beside the database. */
const DEFAULT_THREADS = 2;

/** Fewer items than this are not worth the way to another thread. */
const SHARE_MIN = 8;

/**
 * One evaluation with whether it may be kept: what timed out or failed, be it a single rule, must be tried again (L19).
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
  readonly #deadlines: EvaluationDeadlines;
  readonly #quarantine = new RuleQuarantine(() => performance.now());
  readonly #idle: EvaluationThread[] = [];
  readonly #waiting: Array<(thread: EvaluationThread) => void> = [];
  readonly #threads: number;
  #startable: number;
  #closed = false;

  static create(options: EvaluationPoolOptions = {}): EvaluationPool {
    return new EvaluationPool(options);
  }

  private constructor(options: EvaluationPoolOptions) {
    const { ruleDeadlineMs = 250, deadlineMs = 1000 } = options;
    this.#deadlines = { ruleDeadlineMs, deadlineMs };
    this.#threads =
      options.threads ?? Math.min(DEFAULT_THREADS, availableParallelism());
    this.#startable = this.#threads;
  }

  /** Evaluates each item; the answers stand in the order of the items. A large batch is shared among the threads. */
  async evaluate(batch: EvaluationBatch): Promise<PooledEvaluation[]> {
    const { items } = batch;
    const size = Math.max(SHARE_MIN, Math.ceil(items.length / this.#threads));
    const shares = Array.from(
      { length: Math.ceil(items.length / size) },
      (_, share) => items.slice(share * size, (share + 1) * size),
    );
    const answers = await Promise.all(
      shares.map(share => this.#evaluateShare({ ...batch, items: share })),
    );
    return answers.flat();
  }

  /** Stops all threads. Evaluations under way end undecided. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#idle.splice(0).map(thread => thread.stop()));
  }

  async #evaluateShare(batch: EvaluationBatch): Promise<PooledEvaluation[]> {
    const evaluations: PooledEvaluation[] = [];
    /** Rules that failed on the next item; it is evaluated again without them. */
    let failedRules: FailedRule[] = [];
    while (evaluations.length < batch.items.length) {
      const items = batch.items.slice(evaluations.length);
      const run = await this.#runOnOneThread({ ...batch, items }, failedRules);
      evaluations.push(...run.evaluations);
      failedRules =
        run.evaluations.length > 0
          ? run.failedRules
          : [...failedRules, ...run.failedRules];
    }
    return evaluations;
  }

  // On each call an item is answered or a rule is left out of the next one, so that the caller's loop ends.
  async #runOnOneThread(
    batch: EvaluationBatch,
    failedRules: FailedRule[],
  ): Promise<{ evaluations: PooledEvaluation[]; failedRules: FailedRule[] }> {
    const rules = rulesOf(batch);
    const held = this.#quarantine.among(rules);
    // Before a thread is taken: what cannot be packed must not cost one.
    const items = batch.items.map((item, index) =>
      packItem({
        ...item,
        failedRules: index === 0 ? [...failedRules, ...held] : held,
      }),
    );
    const thread = await this.#acquire();
    const { answers, failure } = await thread.run({ ...batch, items });
    await this.#release(thread);
    const evaluations = answers.map(answer => decide(batch, answer));
    const culprit =
      failure?.rule === undefined ? undefined : rules[failure.rule];
    if (culprit && !this.#closed) {
      this.#quarantine.failed(culprit);
      return {
        evaluations,
        failedRules: [
          {
            policy: culprit.policy.name,
            rule: culprit.rule.id,
            reason: reasonOf(failure!),
          },
        ],
      };
    }
    return {
      evaluations: failure
        ? [...evaluations, undecided(batch, answers.length, failure)]
        : evaluations,
      failedRules: [],
    };
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
      return EvaluationThread.start(this.#deadlines);
    }
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  async #release(used: EvaluationThread): Promise<void> {
    if (!used.usable || this.#closed) {
      await used.stop();
    }
    const thread = used.usable ? used : EvaluationThread.start(this.#deadlines);
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
    ? { ...answer.evaluation, decided: isDecided(answer.evaluation) }
    : undecided(batch, answer.index, { kind: 'crash', detail: answer.error });
}

/** L19: a rule that ended with an error or not at all gave no answer to keep. */
function isDecided({ verdicts }: ImageEvaluation): boolean {
  return verdicts.every(({ findings }) =>
    findings.every(
      ({ reason }) => reason !== 'ruleTimeout' && reason !== 'ruleError',
    ),
  );
}

function reasonOf({ kind }: ThreadFailure): FailedRule['reason'] {
  return kind === 'timeout' ? 'ruleTimeout' : 'ruleError';
}

function undecided(
  batch: EvaluationBatch,
  index: number,
  failure: ThreadFailure,
): PooledEvaluation {
  const { policies, trustRoots, items } = batch;
  const evaluation = undecidedEvaluation(
    { policies, trustRoots, ...items[index] },
    reasonOf(failure),
  );
  return { ...evaluation, decided: false };
}
