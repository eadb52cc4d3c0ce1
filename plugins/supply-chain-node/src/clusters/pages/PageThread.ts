import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { TaskThread } from '../../threads/TaskThread';
import { ClusterReadError } from '../ClusterReadError';
import {
  ListHead,
  ListPage,
  malformed,
  PageParser,
  parseList,
  peekHead,
} from '../listItems';
import { PageAnswer, ServedItem } from './servePages';

/** What is smaller is read before a thread would have started. */
const THREAD_FROM_BYTES = 512 * 1024;

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

/**
 * Reads large pages of lists in a thread, so that the portal only stores what became of their objects. The thread starts
 * with the first page and ends when there was none for a while.
 *
 * @public
 */
export class PageThread<T, C> {
  readonly #options: PageThreadOptions;
  readonly #thread: TaskThread<C, PageAnswer<T>>;
  /** By object and not in it: an object of a cluster may have a field of any name. */
  readonly #prepared = new WeakMap<object, T>();

  static create<T, C>(options: PageThreadOptions): PageThread<T, C> {
    return new PageThread(options);
  }

  private constructor(options: PageThreadOptions) {
    this.#options = options;
    this.#thread = new TaskThread({
      ...options,
      endedError: why =>
        new ClusterReadError(
          'answerTooLarge',
          `the thread that reads the list: ${why}`,
        ),
    });
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
    const answer = this.#thread
      .ask(body, context)
      .then(said => accepted(said, early));
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
