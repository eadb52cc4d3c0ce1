import { KubernetesObject } from 'backstage-plugin-supply-chain-common';
import { ListPage } from '../../listItems';
import { PageThread, PageThreadOptions } from '../PageThread';
import { PAGE_WORKER, PAGE_WORKER_FILE, PreparedForTest } from './pageWorker';

const threadWith = (options: Partial<PageThreadOptions> = {}) =>
  PageThread.create<PreparedForTest, unknown>({
    file: PAGE_WORKER_FILE,
    worker: PAGE_WORKER,
    threadFromBytes: 0,
    idleMs: 1_000,
    ...options,
  });

/** An object of a cluster. */
export const objectNamed = (
  name: string,
  rest: Record<string, unknown> = {},
) => ({
  apiVersion: 'v1',
  kind: 'Report',
  metadata: { name, namespace: 'shop', uid: `u-${name}`, resourceVersion: '5' },
  ...rest,
});

/** What the lists say of themselves. */
export const METADATA = { resourceVersion: '7', continue: 'next' };

/** A list as API servers write it. */
export const listOf = (...items: unknown[]) =>
  JSON.stringify({ kind: 'ReportList', metadata: METADATA, items });

/** A list whose head is known only when all of it is. */
export const lateListOf = (...items: unknown[]) =>
  JSON.stringify({ kind: 'ReportList', items, metadata: METADATA });

/** In memory of its own, as the body of an answer is. */
export function bodyOf(text: string): Buffer {
  const body = Buffer.alloc(Buffer.byteLength(text));
  body.write(text);
  return body;
}

/** A thread that reads each list it is given, and what it made of the objects. */
export function reading(options: Partial<PageThreadOptions> = {}) {
  const thread = threadWith(options);
  const parse = thread.parser(() => 'of the page');
  const read = (text: string) => parse(bodyOf(text));
  const prepared = async (page: Promise<ListPage>) =>
    (await (await page).items).map(item =>
      thread.preparedOf(item as KubernetesObject),
    );
  const threadOf = async (page: Promise<ListPage>) =>
    (await prepared(page))[0]?.thread;
  return { thread, read, prepared, threadOf };
}
