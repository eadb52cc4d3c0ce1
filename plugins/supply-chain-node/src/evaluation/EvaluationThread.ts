import { Worker } from 'node:worker_threads';
import { threadArguments } from '../threads/threadArguments';
import { EvaluationDeadlines, StepWatch } from './StepWatch';
import { EvaluationProgress } from './EvaluationProgress';
import { EVALUATION_WORKER_FILE } from './evaluationWorker';
import {
  EVALUATION_WORKER,
  EvaluationAnswer,
  EvaluationOrder,
  EvaluationWorkerData,
  WORKER_READY,
} from './messages';

/** Far more than the facts of a batch need; a rule that fills it ends this thread and no other. */
const RESOURCE_LIMITS = {
  maxOldGenerationSizeMb: 512,
  maxYoungGenerationSizeMb: 64,
  stackSizeMb: 4,
};

/** Why a thread stopped answering. */
export type ThreadFailure = {
  kind: 'timeout' | 'crash';
  detail: string;
  /** The item it was at, by its place in the batch: those before it may be without an answer too. */
  item: number;
  /** The rule it was at, by its place in the batch; absent when it was at none. */
  rule?: number;
};

/** Answers up to the first item without one; all of them unless the thread failed. */
export type ThreadRun = {
  answers: EvaluationAnswer[];
  failure?: ThreadFailure;
};

/**
 * One worker thread that evaluates batches, one at a time.
 */
export class EvaluationThread {
  readonly #worker: Worker;
  readonly #deadlines: EvaluationDeadlines;
  readonly #progress: EvaluationProgress;
  #failure: ThreadFailure | undefined;
  #ready = false;
  #answers: EvaluationAnswer[] = [];
  #wake: () => void = () => undefined;

  static start(deadlines: EvaluationDeadlines): EvaluationThread {
    return new EvaluationThread(deadlines);
  }

  private constructor(deadlines: EvaluationDeadlines) {
    this.#deadlines = deadlines;
    const progress = EvaluationProgress.allocate();
    this.#progress = new EvaluationProgress(progress);
    const workerData: EvaluationWorkerData = {
      worker: EVALUATION_WORKER,
      progress,
    };
    this.#worker = new Worker(EVALUATION_WORKER_FILE, {
      workerData,
      ...threadArguments(EVALUATION_WORKER_FILE),
      resourceLimits: RESOURCE_LIMITS,
    });
    this.#worker.on('message', message => this.#receive(message));
    this.#worker.on('error', error => this.#fail('crash', String(error)));
    this.#worker.on('exit', code =>
      this.#fail('crash', `the thread ended with code ${code}`),
    );
    // A process that is otherwise done may end. Whoever listens for messages holds it, so not before.
    this.#worker.unref();
  }

  /** Whether the thread can take another batch. */
  get usable(): boolean {
    return this.#failure === undefined;
  }

  /** Evaluates a batch; every rule has its own deadline, and loading the code does not count against the first. */
  async run(order: EvaluationOrder): Promise<ThreadRun> {
    this.#answers = [];
    await this.#until(() => this.#ready);
    if (this.usable) {
      this.#worker.postMessage(order);
    }
    await this.#until(() => this.#answers.length >= order.items.length);
    return { answers: this.#answers, failure: this.#failure };
  }

  /** Stops the thread, whatever it is doing. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: string): void {
    if (message === WORKER_READY) {
      this.#ready = true;
    } else {
      this.#answers.push(...(JSON.parse(message) as EvaluationAnswer[]));
    }
    this.#wake();
  }

  #fail(kind: ThreadFailure['kind'], detail: string): void {
    const { current } = this.#progress;
    this.#failure ??= {
      kind,
      detail,
      item: current.kind === 'idle' ? 0 : this.#progress.currentItem,
      ...(current.kind === 'rule' && { rule: current.rule }),
    };
    this.#wake();
  }

  async #until(condition: () => boolean): Promise<void> {
    const watch = StepWatch.start({
      progress: this.#progress,
      deadlines: this.#deadlines,
      ...(typeof this.#worker.cpuUsage === 'function' && {
        processorMs: () => this.#processorMs(),
      }),
      onSlow: detail => {
        if (!condition()) {
          this.#fail('timeout', detail);
        }
      },
    });
    try {
      while (this.usable && !condition()) {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      }
    } finally {
      watch.stop();
    }
  }

  async #processorMs(): Promise<number> {
    const { user, system } = await this.#worker.cpuUsage();
    return (user + system) / 1000;
  }
}
