import { MessageChannel, MessagePort } from 'node:worker_threads';
import { servePages } from './servePages';

/** As in a thread, in this one. */
const thread: {
  parentPort: MessagePort | null;
  workerData: unknown;
} = { parentPort: null, workerData: null };

jest.mock('node:worker_threads', () => {
  const actual = jest.requireActual('node:worker_threads');
  return {
    MessageChannel: actual.MessageChannel,
    get parentPort() {
      return thread.parentPort;
    },
    get workerData() {
      return thread.workerData;
    },
  };
});

let channel: MessageChannel;

beforeEach(() => {
  channel = new MessageChannel();
  thread.parentPort = channel.port1;
  thread.workerData = { worker: 'reports' };
});

afterEach(() => {
  channel.port1.close();
});

const serve = () =>
  servePages({
    worker: 'reports',
    preparing:
      (context: string) =>
      ({ metadata: { name } }) => {
        if (name === 'bad') {
          throw new TypeError('cannot prepare');
        }
        return name === 'odd' ? () => name : `${name} ${context}`;
      },
  });

const METADATA = {
  name: 'web',
  namespace: 'shop',
  uid: 'u1',
  resourceVersion: '5',
};

const listOf = (...items: unknown[]) =>
  JSON.stringify({
    metadata: { resourceVersion: '7', continue: 'next' },
    items,
  });

function answerTo(text: string): Promise<unknown> {
  return new Promise(resolve => {
    channel.port2.once('message', resolve);
    // Amid other bytes, as a body may lie that shares its memory.
    const bytes = Buffer.from(` ${text} `).subarray(1, -1);
    channel.port2.postMessage({ id: 3, body: bytes, context: 'today' });
  });
}

it('answers with the objects of a page and what is made of them', async () => {
  serve();
  const labelled = { ...METADATA, labels: { app: 'web' } };
  const text = listOf(
    { apiVersion: 'v1', kind: 'Report', metadata: labelled, report: {} },
    { metadata: {} },
  );
  expect(await answerTo(text)).toEqual({
    id: 3,
    head: { resourceVersion: '7', continueToken: 'next' },
    items: [
      {
        object: { apiVersion: 'v1', kind: 'Report', metadata: METADATA },
        prepared: 'web today',
      },
      null,
    ],
  });
});

it('answers with the reason when there is no page', async () => {
  serve();
  expect(await answerTo('{"items":[]')).toEqual({
    id: 3,
    refused: { reason: 'malformedAnswer', message: 'the list is not JSON' },
  });
});

it.each([
  ['cannot be prepared', 'bad', /^TypeError: cannot prepare$/],
  ['cannot be handed over', 'odd', /^DataCloneError: /],
])('answers with the error when an object %s', async (_, name, error) => {
  serve();
  const text = listOf({ metadata: { ...METADATA, name } });
  expect(await answerTo(text)).toEqual({
    id: 3,
    error: expect.stringMatching(error),
  });
});

it.each([
  ['in the main thread', { parentPort: null }],
  ['in a thread of another name', { workerData: { worker: 'other' } }],
  ['in a thread of no name', { workerData: null }],
])('does nothing %s', (_, here) => {
  Object.assign(thread, here);
  serve();
  expect(channel.port1.listenerCount('message')).toBe(0);
});
