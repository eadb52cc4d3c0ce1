import { Worker } from 'node:worker_threads';
import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { threadArguments } from '../../threads/threadArguments';
import { ClusterReadError } from '../ClusterReadError';
import {
  ListHead,
  ListPage,
  malformed,
  PageParser,
  parseList,
  peekHead,
} from '../listItems';
import {
  PageAnswer,
  PageOrder,
  PageWorkerData,
  ServedItem,
} from './servePages';

/** Some times what the largest page needs, which is 64 MB; one that fills it ends its thread and nothing else. */
const RESOURCE_LIMITS = {
  maxOldGenerationSizeMb: 1024,
  // What a page becomes fits in: hardly anything of it outlives the page.
  maxYoungGenerationSizeMb: 96,
};

/** What is smaller is read before a thread would have started. */
const THREAD_FROM_BYTES = 512 * 1024;

/** A thread holds some 60 MiB, and after the first list of a cluster there is hardly anything to do. */
const IDLE_MS = 60_000;

/**
 * Options of {@link PageThread}.
 *
 * @public
 */
export type PageThreadOptions = {
  /** A file that calls `servePages`. */
  file: string;
  /** The name it calls it with. */
  worker: string;
  /** @defaultValue 512 KiB */
  threadFromBytes?: number;
  /** @defaultValue 1 minute */
  idleMs?: number;
};

type Waiting<T> = {
  resolve: (answer: PageAnswer<T>) => void;
  reject: (error: ClusterReadError) => void;
};

/**
 * Reads large pages of lists in a thread, so that the portal only stores what became of their objects. The thread starts
 * with the first page and ends when there was none for a while.
 *
 * @public
 */
export class PageThread<T, C> {
  readonly #options: PageThreadOptions;
  readonly #waiting = new Map<number, Waiting<T>>();
  /** By object and not in it: an object of a cluster may have a field of any name. */
  readonly #prepared = new WeakMap<object, T>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  static create<T, C>(options: PageThreadOptions): PageThread<T, C> {
    return new PageThread(options);
  }

  private constructor(options: PageThreadOptions) {
    this.#options = options;
  }

  /** Reads pages for one reflector; `contextOf` is asked for each page. */
  parser(contextOf: () => C): PageParser {
    return async body => {
      const from = this.#options.threadFromBytes ?? THREAD_FROM_BYTES;
      return body.length < from
        ? parseList(body)
        : this.#read(body, contextOf());
    };
  }

  /** What the thread made of an object; undefined when it did not read it. */
  preparedOf(object: KubernetesObject): T | undefined {
    return this.#prepared.get(object);
  }

  async #read(body: Buffer, context: C): Promise<ListPage> {
    const bytes = body.length;
    const early = peekHead(body);
    const answer = this.#ask(body, context).then(said => accepted(said, early));
    const items = answer.then(page => this.#objectsOf(page.items));
    // Whoever waits for the items meets its failure, unless they have given up before.
    items.catch(() => undefined);
    return { ...(early ?? (await answer).head), items, bytes };
  }

  #objectsOf(items: ServedItem<T>[]): unknown[] {
    return items.map(item => {
      if (item) {
        this.#prepared.set(item.object, item.prepared);
      }
      return item?.object;
    });
  }

  #ask(body: Buffer, context: C): Promise<PageAnswer<T>> {
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    this.#lastId += 1;
    const order: PageOrder<C> = { id: this.#lastId, body, context };
    const { buffer } = body;
    return new Promise((resolve, reject) => {
      // Handed over without a copy, where it shares its memory with nothing else.
      const isAlone = buffer.byteLength === body.byteLength;
      worker.postMessage(order, isAlone ? [buffer as ArrayBuffer] : []);
      // Not before: no answer comes to what could not be handed over.
      this.#waiting.set(order.id, { resolve, reject });
    });
  }

  #start(): Worker {
    const { file, worker: name } = this.#options;
    const workerData: PageWorkerData = { worker: name };
    const worker = new Worker(file, {
      workerData,
      ...threadArguments(file),
      resourceLimits: RESOURCE_LIMITS,
    });
    worker.on('message', (answer: PageAnswer<T>) => this.#receive(answer));
    // Anything can be thrown.
    worker.on('error', (error: unknown) => this.#end(worker, String(error)));
    worker.on('exit', code => this.#end(worker, `ended with code ${code}`));
    // A process that is otherwise done may end. Whoever listens for messages holds it, so not before.
    worker.unref();
    return worker;
  }

  #receive(answer: PageAnswer<T>): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) {
      const idleMs = this.#options.idleMs ?? IDLE_MS;
      this.#idle = setTimeout(() => this.#stop(), idleMs);
      this.#idle.unref();
    }
  }

  #stop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.terminate();
  }

  /** What ends a thread is a page that does not fit into its memory: smaller ones may. */
  #end(worker: Worker, why: string): void {
    if (this.#worker !== worker) {
      return;
    }
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const message = `the thread that reads the list: ${why}`;
    waiting.forEach(({ reject }) =>
      reject(new ClusterReadError('answerTooLarge', message)),
    );
  }
}

/** The page of an answer, when it says of the list what its beginning said. */
function accepted<T>(
  answer: PageAnswer<T>,
  early: ListHead | undefined,
): Extract<PageAnswer<T>, { head: ListHead }> {
  if ('refused' in answer) {
    const { reason, message } = answer.refused;
    throw new ClusterReadError(reason, message);
  }
  if ('error' in answer) {
    throw new Error(answer.error);
  }
  const { resourceVersion, continueToken } = answer.head;
  if (
    early &&
    (early.resourceVersion !== resourceVersion ||
      early.continueToken !== continueToken)
  ) {
    throw malformed('the list says two things of itself');
  }
  return answer;
}
