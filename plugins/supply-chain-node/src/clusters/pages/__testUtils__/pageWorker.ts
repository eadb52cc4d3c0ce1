import { threadId } from 'node:worker_threads';
import { servePages } from '../servePages';

/** The file to start a thread from. */
export const PAGE_WORKER_FILE = __filename;

/** Tells its thread from others that load the file. */
export const PAGE_WORKER = 'page-thread-test';

/** What the thread makes of an object. */
export type PreparedForTest = {
  name: string;
  context: unknown;
  thread: number;
  /** The same for all objects of a page. */
  shared: { page: true };
};

/** What an object asks for with its field `misbehave`. */
const MISBEHAVIOUR: Record<string, () => unknown> = {
  // Ends this thread, and not the process.
  exit: () => process.exit(7),
  throw: () => {
    throw new Error('cannot prepare');
  },
  throwNothingLater: () =>
    queueMicrotask(() => {
      // eslint-disable-next-line no-throw-literal -- what a thread throws need be no error
      throw null;
    }),
  answerWithFunction: () => () => undefined,
  sleep: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    return undefined;
  },
};

servePages<PreparedForTest, unknown>({
  worker: PAGE_WORKER,
  preparing: context => {
    const shared = { page: true } as const;
    return ({ metadata: { name }, misbehave }) => ({
      name,
      context,
      thread: threadId,
      shared,
      ...(misbehave !== undefined && {
        done: MISBEHAVIOUR[String(misbehave)](),
      }),
    });
  },
});
