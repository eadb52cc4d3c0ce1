import { Worker } from 'node:worker_threads';
import { EVALUATION_WORKER_FILE } from './evaluationWorker';
import {
  EVALUATION_WORKER,
  EvaluationAnswer,
  EvaluationBatch,
  WORKER_READY,
} from './messages';

const START_DEADLINE_MS = 30_000;

/** Why a thread stopped answering. */
export type ThreadFailure = { kind: 'timeout' | 'crash'; detail: string };

/** Answers up to the first item without one. */
export type ThreadRun = {
  answers: EvaluationAnswer[];
  failure?: ThreadFailure;
};

// Sources run through the transform of the Backstage CLI; under Jest the process itself has no such hook.
function transformArguments(): string[] {
  const isSource = EVALUATION_WORKER_FILE.endsWith('.ts');
  const isInherited = process.execArgv.some(argument =>
    argument.includes('nodeTransform'),
  );
  return isSource && !isInherited
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
}

/**
 * One worker thread that evaluates batches, one at a time.
 */
export class EvaluationThread {
  readonly #worker: Worker;
  readonly #deadlineMs: number;
  #failure: ThreadFailure | undefined;
  #ready = false;
  #answers: EvaluationAnswer[] = [];
  #wake: () => void = () => undefined;

  static start(options: { deadlineMs: number }): EvaluationThread {
    return new EvaluationThread(options.deadlineMs);
  }

  private constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
    this.#worker = new Worker(EVALUATION_WORKER_FILE, {
      workerData: EVALUATION_WORKER,
      execArgv: [...process.execArgv, ...transformArguments()],
    });
    // A process that is otherwise done may end: an idle thread must not keep it alive.
    this.#worker.unref();
    this.#worker.on('message', message => this.#receive(message));
    this.#worker.on('error', error => this.#fail('crash', String(error)));
    this.#worker.on('exit', code =>
      this.#fail('crash', `the thread ended with code ${code}`),
    );
  }

  /** Whether the thread can take another batch. */
  get usable(): boolean {
    return this.#failure === undefined;
  }

  /** Evaluates a batch; every item has its own deadline, and loading the code does not count against the first. */
  async run(batch: EvaluationBatch): Promise<ThreadRun> {
    this.#answers = [];
    await this.#until(() => this.#ready, START_DEADLINE_MS);
    if (this.usable) {
      this.#worker.postMessage(batch);
    }
    for (let count = 1; count <= batch.items.length && this.usable; count++) {
      await this.#until(() => this.#answers.length >= count, this.#deadlineMs);
    }
    return { answers: this.#answers, failure: this.#failure };
  }

  /** Stops the thread, whatever it is doing. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: typeof WORKER_READY | EvaluationAnswer): void {
    if (message === WORKER_READY) {
      this.#ready = true;
    } else {
      this.#answers.push(message);
    }
    this.#wake();
  }

  #fail(kind: ThreadFailure['kind'], detail: string): void {
    this.#failure ??= { kind, detail };
    this.#wake();
  }

  async #until(condition: () => boolean, deadlineMs: number): Promise<void> {
    const timer = setTimeout(() => {
      // After the event loop was blocked, timers run before the messages that arrived meanwhile.
      setImmediate(() => {
        if (!condition()) {
          this.#fail('timeout', `no answer within ${deadlineMs} ms`);
        }
      });
    }, deadlineMs);
    try {
      while (this.usable && !condition()) {
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
