import { Clock } from './Clock';
import { ClusterReadError, IncompleteClusterList } from './ClusterReadError';
import { ClusterListing } from './ClusterTransport';
import { followClusters } from './followClusters';
import { MemoryFeedSink } from '../testUtils';

type Item = { uid: string; resourceVersion: string };

let listings: ClusterListing[] | Error;
let active: Set<string>;
let poll: () => void;
let sink: MemoryFeedSink<Item>;
let controller: AbortController;
let running: Promise<void>;

const clock: Clock = {
  now: () => new Date(0),
  random: () => 0.5,
  setTimer: (callback, delayMs) => {
    if (delayMs === 60_000) {
      poll = callback;
    }
    return () => undefined;
  },
};
const cluster = (name: string, needsUser = false) => ({ name, needsUser });
const turn = () => new Promise(resolve => setImmediate(resolve));

async function next(change: ClusterListing[] | Error) {
  listings = change;
  poll();
  await turn();
}

beforeEach(async () => {
  listings = [cluster('a'), cluster('b')];
  active = new Set();
  sink = new MemoryFeedSink();
});

async function start(clusters?: string[]) {
  controller = new AbortController();
  running = followClusters<Item>({
    transport: {
      listClusters: async () => {
        if (listings instanceof Error) {
          throw listings;
        }
        return listings;
      },
      get: async () => new Response(),
    },
    sink,
    clock,
    clusters,
    kind: 'cluster',
    signal: controller.signal,
    work: async ({ connection, signal }) => {
      active.add(connection.name);
      await new Promise<void>(resolve => {
        signal.addEventListener('abort', () => resolve());
      });
      active.delete(connection.name);
    },
  });
  await turn();
}

afterEach(async () => {
  controller.abort();
  await running;
});

it('starts and stops work as clusters come and go', async () => {
  await start();
  expect([...active]).toEqual(['a', 'b']);
  await next([cluster('b'), cluster('c')]);
  expect([...active]).toEqual(['b', 'c']);
  expect([...sink.sources.keys()]).toEqual(['b', 'c']);
  controller.abort();
  await running;
  expect(active.size).toBe(0);
});

it('follows on while the list cannot be read, and says so', async () => {
  await start();
  await next(new Error('away'));
  expect([...active]).toEqual(['a', 'b']);
  expect([...sink.sources.keys()]).toEqual(['a', 'b']);
  expect(sink.reportOf('(list of clusters)')).toMatchObject({
    state: 'down',
    reason: 'clusterUnreachable',
  });
  await next([cluster('a'), cluster('b')]);
  expect(sink.reportOf('(list of clusters)')).toMatchObject({ state: 'ok' });
});

it('removes everything when there are no clusters any more', async () => {
  await start();
  await next([]);
  expect([...active]).toEqual([]);
  expect(sink.sources.size).toBe(0);
});

it('reads only the clusters it is told to', async () => {
  await start(['b']);
  expect([...active]).toEqual(['b']);
  expect([...sink.sources.keys()]).toEqual(['b']);
});

it('starts when a cluster stops to need a user', async () => {
  listings = [cluster('a', true)];
  await start();
  expect(sink.reportOf('a')).toEqual({
    kind: 'cluster',
    name: 'a',
    state: 'down',
    reason: 'clusterNeedsUser',
  });
  expect(active.size).toBe(0);
  await next([cluster('a')]);
  expect([...active]).toEqual(['a']);
});

it('hands a defect of its sink on', async () => {
  await start();
  sink.whileHolding = async () => {
    throw new TypeError('a defect');
  };
  await next([cluster('a'), cluster('c')]);
  const ended = running.then(
    () => 'no error',
    (error: Error) => error.message,
  );
  running = Promise.resolve();
  poll();
  expect(await ended).toBe('a defect');
});

it('does not read a cluster that is refused, and says why', async () => {
  const refusal = { reason: 'clusterNamedTwice' as const, message: 'twice' };
  listings = [{ ...cluster('a'), refusal }, cluster('b')];
  await start();
  expect([...active]).toEqual(['b']);
  expect(sink.reportOf('a')).toEqual({
    kind: 'cluster',
    name: 'a',
    state: 'down',
    ...refusal,
  });
  await next([cluster('a'), cluster('b')]);
  expect([...active]).toEqual(['b', 'a']);
});

it('starts what is known while the rest of the list cannot be read', async () => {
  const away = new ClusterReadError('clusterUnreachable', 'away');
  listings = new IncompleteClusterList([cluster('a')], away);
  sink.source('stored');
  await start();
  expect([...active]).toEqual(['a']);
  // What the rest of the list would name is not forgotten.
  expect([...sink.sources.keys()]).toEqual(['stored', 'a']);
  expect(sink.reportOf('(list of clusters)')).toMatchObject({
    state: 'down',
    message: 'away',
  });
  await next([cluster('a'), cluster('b')]);
  expect([...active]).toEqual(['a', 'b']);
});

it('says what is wrong with how a cluster is read, as long as nothing is worse', async () => {
  const warning = { reason: 'clusterTlsUnverified' as const, message: 'so' };
  listings = [{ ...cluster('a'), warning }];
  controller = new AbortController();
  const reports = [
    { state: 'ok' as const },
    { state: 'down' as const, reason: 'clusterForbidden' as const },
  ];
  running = followClusters<Item>({
    transport: {
      listClusters: async () => listings as ClusterListing[],
      get: async () => new Response(),
    },
    sink,
    clock,
    kind: 'cluster',
    signal: controller.signal,
    work: async ({ report, signal }) => {
      await report(reports[0]);
      await report(reports[1]);
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve);
      });
    },
  });
  await turn();
  expect(sink.reports.map(({ kind, name, ...rest }) => rest)).toEqual([
    { state: 'starting' },
    { state: 'degraded', ...warning },
    reports[1],
  ]);
});
