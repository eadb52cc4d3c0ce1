import { Worker } from 'node:worker_threads';
import { TaskOrder, TaskWorkerData } from './serveTasks';
import { threadArguments } from './threadArguments';

/** Some times what the largest body needs, which is 64 MB; one that fills it ends its thread and nothing else. */
const RESOURCE_LIMITS = {
  maxOldGenerationSizeMb: 1024,
  // What a body becomes fits in: hardly anything of it outlives the body.
  maxYoungGenerationSizeMb: 96,
};

/** A thread holds some 60 MiB, and after the first bodies there is hardly anything to do. */
const IDLE_MS = 60_000;

/**
 * Options of {@link TaskThread}.
 *
 * @public
 */
export type TaskThreadOptions = {
  /** A file that calls `serveTasks`. */
  file: string;
  /** The name it calls it with. */
  worker: string;
  /** What those get that waited when the thread ended. */
  endedError(why: string): Error;
  /** @defaultValue 1 minute */
  idleMs?: number;
};

type Waiting<A> = {
  resolve: (answer: A) => void;
  reject: (error: Error) => void;
};

/**
 * Has a thread read what would hold the event loop. It starts with the first body and ends when there was none for a
 * while.
 *
 * @public
 */
export class TaskThread<C, A> {
  readonly #options: TaskThreadOptions;
  readonly #waiting = new Map<number, Waiting<A>>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(options: TaskThreadOptions) {
    this.#options = options;
  }

  /** What the thread makes of a body, which is no longer usable here. */
  ask(body: Buffer, context: C): Promise<A> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    this.#lastId += 1;
    const order: TaskOrder<C> = { id: this.#lastId, body, context };
    const { buffer } = body;
    return new Promise((resolve, reject) => {
      // Handed over without a copy, where it shares its memory with nothing else.
      const isAlone = buffer.byteLength === body.byteLength;
      worker.postMessage(order, isAlone ? [buffer as ArrayBuffer] : []);
      // Not before: no answer comes to what could not be handed over.
      this.#waiting.set(order.id, { resolve, reject });
    });
  }

  /** Ends the thread; the next body starts another. */
  stop(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    if (worker) {
      this.#end(worker, 'was stopped');
      worker.terminate();
    }
  }

  #start(): Worker {
    const { file, worker: name } = this.#options;
    const workerData: TaskWorkerData = { worker: name };
    const worker = new Worker(file, {
      workerData,
      ...threadArguments(file),
      resourceLimits: RESOURCE_LIMITS,
    });
    worker.on('message', (answer: { id: number } & A) => this.#receive(answer));
    // Anything can be thrown.
    worker.on('error', (error: unknown) => this.#end(worker, String(error)));
    worker.on('exit', code => this.#end(worker, `ended with code ${code}`));
    // A process that is otherwise done may end. Whoever listens for messages holds it, so not before.
    worker.unref();
    return worker;
  }

  #receive(answer: { id: number } & A): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) {
      const idleMs = this.#options.idleMs ?? IDLE_MS;
      this.#idle = setTimeout(() => this.stop(), idleMs);
      this.#idle.unref();
    }
  }

  /** What ends a thread is a body that does not fit into its memory: smaller ones may. */
  #end(worker: Worker, why: string): void {
    if (this.#worker !== worker) {
      return;
    }
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const error = this.#options.endedError(why);
    waiting.forEach(({ reject }) => reject(error));
  }
}
