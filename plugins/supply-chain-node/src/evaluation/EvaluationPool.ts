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
  RuleOfPolicy,
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

/** What failed on the items of a share that have no answer yet, by their place in it. */
type ShareFailures = {
  /** Rules that the next try leaves out. */
  rules: Map<number, FailedRule[]>;
  /** Items on which something else than a rule failed: they are not tried again. */
  items: Map<number, PooledEvaluation>;
};

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
    const failures: ShareFailures = { rules: new Map(), items: new Map() };
    while (evaluations.length < batch.items.length) {
      const from = evaluations.length;
      const givenUp = failures.items.get(from);
      failures.items.delete(from);
      evaluations.push(
        ...(givenUp
          ? [givenUp]
          : await this.#runOnOneThread(batch, from, failures)),
      );
    }
    return evaluations;
  }

  // On each call an item is answered, given up, or a rule is left out of it, so that the caller's loop ends.
  async #runOnOneThread(
    batch: EvaluationBatch,
    from: number,
    failures: ShareFailures,
  ): Promise<PooledEvaluation[]> {
    const rules = rulesOf(batch);
    const held = this.#quarantine.among(rules);
    const to = Math.min(batch.items.length, ...failures.items.keys());
    // Before a thread is taken: what cannot be packed must not cost one.
    const items = batch.items.slice(from, to).map((item, index) =>
      packItem({
        ...item,
        failedRules: [...(failures.rules.get(from + index) ?? []), ...held],
      }),
    );
    const thread = await this.#acquire();
    const { answers, failure } = await thread.run({ ...batch, items });
    await this.#release(thread);
    if (failure && answers.length < items.length) {
      const at = from + Math.max(failure.item, answers.length);
      const culprit =
        failure.rule === undefined ? undefined : rules[failure.rule];
      if (culprit && !this.#closed) {
        this.#quarantine.failed(culprit);
        const known = failures.rules.get(at) ?? [];
        failures.rules.set(at, [...known, failedRule(culprit, failure)]);
      } else {
        failures.items.set(at, undecided(batch, at, failure));
      }
    }
    return answers.map(answer => decide(batch, from, answer));
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
  from: number,
  answer: EvaluationAnswer,
): PooledEvaluation {
  return 'evaluation' in answer
    ? { ...answer.evaluation, decided: isDecided(answer.evaluation) }
    : undecided(batch, from + answer.index, { kind: 'crash' });
}

/** L19: a rule that ended with an error or not at all gave no answer to keep. */
function isDecided({ verdicts }: ImageEvaluation): boolean {
  return verdicts.every(({ findings }) =>
    findings.every(
      ({ reason }) => reason !== 'ruleTimeout' && reason !== 'ruleError',
    ),
  );
}

function failedRule(
  { policy, rule }: RuleOfPolicy,
  failure: ThreadFailure,
): FailedRule {
  return { policy: policy.name, rule: rule.id, reason: reasonOf(failure) };
}

type FailureKind = Pick<ThreadFailure, 'kind'>;

function reasonOf({ kind }: FailureKind): FailedRule['reason'] {
  return kind === 'timeout' ? 'ruleTimeout' : 'ruleError';
}

function undecided(
  batch: EvaluationBatch,
  index: number,
  failure: FailureKind,
): PooledEvaluation {
  const { policies, trustRoots, items } = batch;
  const evaluation = undecidedEvaluation(
    { policies, trustRoots, ...items[index] },
    reasonOf(failure),
  );
  return { ...evaluation, decided: false };
}
