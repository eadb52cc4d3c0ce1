import { KubernetesApiServer, KubernetesObject } from 'sandbox';
import { SourceWriter } from '../feeds';
import { createDirectTransport, MemoryFeedSink } from '../testUtils';
import { ClusterConnection } from './ClusterConnection';
import { ClusterReadError } from './ClusterReadError';
import { ConvertingTarget } from './ConvertingTarget';
import { parseList } from './listItems';
import { Reflector, ReflectorOptions } from './Reflector';
import { ReflectorHealth } from './ReflectorHealth';

type Item = { uid: string; resourceVersion: string; name: string; app: string };

/** Times so short that a test meets every one of them. */
const TIMING = {
  reconcileMs: 60_000,
  silenceMs: 60_000,
  stableMs: 5,
  reopenMs: 1,
  firstBackoffMs: 1,
  maxBackoffMs: 20,
  saveEveryMs: 0,
  watchTimeoutSeconds: 60,
};

let server: KubernetesApiServer;
let sink: MemoryFeedSink<Item>;
let health: ReflectorHealth[];
let stops: Array<() => Promise<void>>;

beforeEach(() => {
  sink = new MemoryFeedSink();
  health = [];
  stops = [];
});

afterEach(async () => {
  await Promise.all(stops.map(stop => stop()));
  await server.stop();
});

function pod(name: string, app = 'v1', namespace = 'shop'): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app } },
    spec: { containers: [] },
  };
}

const reference = (name: string, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  name,
  namespace,
});

function reflect(
  options: Partial<ReflectorOptions> = {},
  limits: { requestTimeoutMs?: number } = {},
) {
  const controller = new AbortController();
  const connection = ClusterConnection.create({
    cluster: 'production',
    transport: createDirectTransport({ production: server.url }),
    ...limits,
  });
  let reflector: Reflector | undefined;
  const running = sink.whileHolding(
    { source: 'production', signal: controller.signal },
    async ({ writer, signal }) => {
      reflector = Reflector.create({
        connection,
        resource: 'pods',
        form: 'full',
        timing: TIMING,
        onHealth: state => {
          health.push(state);
          return sink.report({
            kind: 'cluster',
            name: 'production',
            ...state,
          });
        },
        target: new ConvertingTarget<Item>({
          writer: writer as SourceWriter<Item>,
          convert: ({ metadata }) =>
            metadata.name === 'unreadable'
              ? { kind: 'malformed', message: 'no spec' }
              : {
                  kind: 'item',
                  item: {
                    uid: metadata.uid,
                    resourceVersion: metadata.resourceVersion,
                    name: metadata.name,
                    app: (metadata.labels as Record<string, string>).app,
                  },
                },
        }),
        ...options,
      });
      await reflector.run(signal);
    },
  );
  const stop = async () => {
    controller.abort();
    await running;
  };
  stops.push(stop);
  return { stop, reflector: () => reflector! };
}

const source = () => sink.source('production');
const names = () =>
  source()
    .items.map(({ name, app }) => `${name}:${app}`)
    .sort();
const isInStep = () => {
  const expected = server
    .list('pods')
    .map(({ metadata }) => `${metadata.name}:${metadata.labels?.app}`)
    .sort();
  return JSON.stringify(names()) === JSON.stringify(expected);
};
const inStep = () => sink.until(isInStep);
/** Waits for something the sink does not see, such as a watch that opens. */
async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
const watching = () => eventually(() => server.openWatches > 0);
const requests = (verb: string) =>
  server.requests.filter(request => request.verb === verb);

describe('when nothing goes wrong', () => {
  it('lists in pages, then follows additions, changes and deletions', async () => {
    server = await KubernetesApiServer.start({
      objects: Array.from({ length: 120 }, (_, index) => pod(`p${index}`)),
    });
    reflect();
    await sink.until(() => source().fullSyncs === 1);
    expect(source().items).toHaveLength(120);
    expect(requests('list').map(({ path }) => path)).toEqual([
      '/api/v1/pods?limit=50',
      expect.stringMatching(/^\/api\/v1\/pods\?limit=2000&continue=/),
    ]);
    await watching();
    server.apply(pod('new'));
    server.apply(pod('p1', 'v2'));
    server.delete(reference('p2'));
    await inStep();
    expect(names()).toEqual(expect.arrayContaining(['new:v1', 'p1:v2']));
    expect(requests('list')).toHaveLength(2);
    expect(health[0]).toEqual({ state: 'ok' });
  });

  it('asks for bookmarks and a bounded watch', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    const { query } = requests('watch')[0] as unknown as {
      query: URLSearchParams;
    };
    expect(query.get('allowWatchBookmarks')).toBe('true');
    expect(Number(query.get('timeoutSeconds'))).toBeGreaterThanOrEqual(45);
    expect(Number(query.get('timeoutSeconds'))).toBeLessThanOrEqual(75);
    expect(query.get('resourceVersion')).toBe(server.resourceVersion);
  });

  it('stores the point of a bookmark and goes on from it after a restart', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const first = reflect();
    await watching();
    server.sendBookmarks();
    await sink.until(() =>
      Boolean(source().resumePoint?.resourceVersion.startsWith('101@')),
    );
    await first.stop();
    server.apply(pod('b'));
    server.clearRequests();
    reflect();
    await inStep();
    expect(requests('list').every(({ metadataOnly }) => metadataOnly)).toBe(
      true,
    );
    expect(source().fullSyncs).toBe(1);
  });

  it('reads namespaces one by one and resumes from the oldest point', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b', 'v1', 'core'), pod('c', 'v1', 'other')],
    });
    reflect({ namespaces: ['shop', 'core'] });
    await eventually(() => server.openWatches === 2);
    expect(names()).toEqual(['a:v1', 'b:v1']);
    server.apply(pod('d', 'v1', 'core'));
    server.apply(pod('e', 'v1', 'other'));
    server.apply(pod('f', 'v1', 'shop'));
    await sink.until(() => names().length === 4);
    expect(names()).toEqual(['a:v1', 'b:v1', 'd:v1', 'f:v1']);
  });

  it('reads everything again when the choice of namespaces changed', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b', 'v1', 'core')],
    });
    const first = reflect({ namespaces: ['core'] });
    await watching();
    await first.stop();
    reflect();
    await sink.until(() => source().fullSyncs === 2);
    expect(names()).toEqual(['a:v1', 'b:v1']);
  });

  it('reads metadata only when asked to', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect({ form: 'metadata' });
    await watching();
    server.apply(pod('b'));
    await inStep();
    expect(server.requests.every(({ metadataOnly }) => metadataOnly)).toBe(
      true,
    );
  });
});

describe('when the history is gone', () => {
  it('lists metadata after a 410 inside the watch and gets what changed', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b'), pod('c')],
    });
    reflect();
    await watching();
    server.dropWatches();
    server.apply(pod('a', 'v2'));
    server.delete(reference('c'));
    server.compact({ expireWatches: true });
    await inStep();
    await sink.until(() => source().fullSyncs === 2);
    const [list] = requests('list').slice(1);
    expect(list).toMatchObject({ metadataOnly: true });
    expect(list.path).toContain('resourceVersion=0');
    expect(requests('get').map(({ name }) => name)).toEqual(['a']);
    expect(health.every(({ state }) => state === 'ok')).toBe(true);
  });

  it('begins the list again when a page of it has expired', async () => {
    server = await KubernetesApiServer.start({
      objects: Array.from({ length: 60 }, (_, index) => pod(`p${index}`)),
    });
    server.addFault({
      path: /continue=/,
      times: 1,
      fault: {
        kind: 'status',
        status: 410,
        headers: { 'Content-Type': 'application/json' },
        body: '{"kind":"Status","code":410,"reason":"Expired","message":"too old"}',
      },
    });
    reflect();
    await sink.until(() => health.length > 0);
    expect(names()).toHaveLength(60);
    expect(health[0]).toEqual({ state: 'ok' });
  });

  it('reads from etcd when the watch cache is behind what was seen', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    server.apply(pod('b'));
    await inStep();
    server.lagBy(1);
    server.addFault({
      path: /watch=1/,
      times: 1,
      fault: {
        kind: 'status',
        status: 410,
        body: '{"kind":"Status","code":410}',
      },
    });
    server.dropWatches();
    await eventually(() =>
      requests('list').some(({ path }) => path.includes('limit=2000')),
    );
    server.clearFaults();
    await inStep();
    expect(names()).toEqual(['a:v1', 'b:v1']);
  });
});

describe('when a list is older than what is known', () => {
  const expired = {
    path: /watch=1/,
    times: 1,
    fault: { kind: 'status', status: 410, body: '{"kind":"Status"}' },
  } as const;

  it('removes nothing, says so, and reads on when the replica has caught up', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    server.apply(pod('b'));
    await inStep();
    server.lagBy(1);
    server.addFault(expired);
    server.dropWatches();
    await sink.until(() => health.some(({ state }) => state === 'down'));
    expect(names()).toEqual(['a:v1', 'b:v1']);
    expect(health.find(({ state }) => state === 'down')).toMatchObject({
      reason: 'malformedAnswer',
      message: 'the list of pods is of version 101, older than 102 read before',
    });
    server.lagBy(0);
    await sink.until(() => health[health.length - 1].state === 'ok');
    expect(names()).toEqual(['a:v1', 'b:v1']);
  });

  it('removes nothing either when there is no point to go on from', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const first = reflect();
    await watching();
    server.apply(pod('b'));
    await inStep();
    await first.stop();
    source().resumePoint = undefined;
    server.lagBy(1);
    reflect();
    await sink.until(() => health.some(({ state }) => state === 'down'));
    expect(names()).toEqual(['a:v1', 'b:v1']);
    server.lagBy(0);
    await sink.until(() => health[health.length - 1].state === 'ok');
  });

  it('refuses a page of another version than the first one', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b'), pod('c')],
    });
    server.limitPages(2);
    server.addFault({
      path: /continue=/,
      times: 1,
      fault: {
        kind: 'wrongBytes',
        body: '{"metadata":{"resourceVersion":"7"},"items":[]}',
      },
    });
    reflect();
    await inStep();
    expect(health[0]).toMatchObject({
      state: 'down',
      message: 'a page of version 7 in a list of version 103',
    });
  });
});

describe('when a cluster was restored from a backup', () => {
  it('takes its older versions as the truth', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b', 'v2'), pod('c')],
    });
    const first = reflect();
    await watching();
    await first.stop();
    // The stored point and versions are from the future of this server.
    source().resumePoint = {
      resourceVersion: source().resumePoint!.resourceVersion.replace(
        /^\d+/,
        '9000',
      ),
    };
    source().entries.forEach(({ item }) => {
      item.resourceVersion = '9000';
      item.app = 'of the future';
    });
    server.addFault({
      path: /resourceVersion=9000/,
      fault: {
        kind: 'status',
        status: 504,
        body: '{"kind":"Status","code":504,"message":"Too large resource version"}',
      },
    });
    reflect();
    await inStep();
    expect(names()).toEqual(['a:v1', 'b:v2', 'c:v1']);
  });
});

describe('when a watch misbehaves', () => {
  beforeEach(async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
  });

  it('opens a dropped watch again and misses nothing', async () => {
    reflect();
    await watching();
    server.dropWatches();
    server.apply(pod('b'));
    await inStep();
    expect(requests('list')).toHaveLength(1);
  });

  it('ignores repeated and older events', async () => {
    reflect();
    await watching();
    server.apply(pod('b'));
    server.apply(pod('b', 'v2'));
    server.delete(reference('b'));
    await inStep();
    const before = source().upserted;
    server.repeatEvents(3);
    server.apply(pod('c'));
    await inStep();
    expect(source().upserted - before).toBe(1);
  });

  it.each([
    ['an incomplete line', '{"type":"MODIFIED","object":\n'],
    ['an unknown event', '{"type":"SURPRISE","object":{}}\n'],
    ['an event without object', '{"type":"ADDED"}\n'],
    ['an object without uid', '{"type":"ADDED","object":{"metadata":{}}}\n'],
    ['a bookmark without version', '{"type":"BOOKMARK","object":{}}\n'],
    [
      'an object of another kind',
      '{"type":"ADDED","object":{"kind":"Secret","metadata":{"name":"s","uid":"u","resourceVersion":"999999"}}}\n',
    ],
    ['a line of 10 MB', `${'x'.repeat(10 * 1024 * 1024)}\n`],
  ])('skips %s, says so, and compares with the cluster', async (_, line) => {
    reflect();
    await watching();
    server.sendMalformedLine(line);
    server.apply(pod('b'));
    await sink.until(() => health.some(({ state }) => state === 'degraded'));
    await inStep();
    await sink.until(
      () => source().fullSyncs > 1 && health[health.length - 1].state === 'ok',
    );
    expect(names()).toEqual(['a:v1', 'b:v1']);
  });

  it('applies late events of what is known, and compares when one is of something unknown', async () => {
    server.apply(pod('b'));
    reflect();
    await watching();
    server.swapNextEvents();
    server.apply(pod('a', 'v2'));
    server.apply(pod('b', 'v2'));
    await inStep();
    expect(requests('list')).toHaveLength(1);
    server.swapNextEvents();
    server.apply(pod('c'));
    server.apply(pod('b', 'v3'));
    await inStep();
    expect(health).toContainEqual({
      state: 'degraded',
      reason: 'malformedAnswer',
      message: 'shop/c: a watch event out of order',
    });
    await sink.until(() => health[health.length - 1].state === 'ok');
  });

  it('does not go back to an older bookmark', async () => {
    reflect();
    await watching();
    server.apply(pod('b'));
    await inStep();
    server.sendBookmarks('pods', { behind: 1 });
    server.failWatches(500, 'etcdserver: request timed out');
    await eventually(() => requests('watch').length === 2);
    expect(requests('watch')[1].path).toContain('resourceVersion=102&');
  });

  it('opens a watch again that broke off inside an event', async () => {
    reflect();
    await watching();
    server.breakNextEvents();
    server.apply(pod('b'));
    await inStep();
    expect(requests('list')).toHaveLength(1);
  });

  it('still compares when the watch is refused after an event that could not be read', async () => {
    reflect({ timing: { ...TIMING, firstBackoffMs: 20 } });
    await watching();
    server.addFault({
      path: /watch=1/,
      times: 1,
      fault: { kind: 'status', status: 500, body: '{"kind":"Status"}' },
    });
    server.sendMalformedLine();
    await sink.until(() => health.some(({ state }) => state === 'degraded'));
    server.dropWatches();
    await sink.until(() => source().fullSyncs === 2);
    expect(names()).toEqual(['a:v1']);
  });

  it('is degraded while every watch ends at once, and still in step by lists', async () => {
    server.addFault({ path: /watch=1/, fault: { kind: 'truncatedBody' } });
    reflect({ timing: { ...TIMING, stableMs: 400 } });
    await sink.until(() => health.some(({ state }) => state === 'degraded'));
    expect(health.find(({ state }) => state !== 'ok')).toMatchObject({
      reason: 'clusterUnreachable',
      message: 'watches of pods end at once',
    });
    server.apply(pod('b'));
    await inStep();
  });

  it('finds out by a small list whether a silent watch hangs', async () => {
    reflect({ timing: { ...TIMING, silenceMs: 20 } });
    await watching();
    await eventually(() =>
      requests('list').some(({ path }) => path.includes('limit=1')),
    );
    expect(health.every(({ state }) => state === 'ok')).toBe(true);
  });

  it('reports a cluster that takes requests and never answers', async () => {
    reflect({ timing: { ...TIMING, silenceMs: 20 } }, { requestTimeoutMs: 30 });
    await watching();
    server.addFault({ fault: { kind: 'hang' } });
    await sink.until(() => health.some(({ state }) => state === 'down'));
    expect(health.filter(({ state }) => state !== 'ok')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ reason: 'sourceTimeout' }),
      ]),
    );
    server.clearFaults();
    server.apply(pod('b'));
    await inStep();
  });

  it('is degraded while only the watch is forbidden, and still in step by lists', async () => {
    server.addFault({
      path: /watch=1/,
      fault: {
        kind: 'status',
        status: 403,
        body: '{"kind":"Status","code":403,"message":"forbidden"}',
      },
    });
    reflect();
    await sink.until(() => health.some(({ state }) => state === 'degraded'));
    expect(health.find(({ state }) => state !== 'ok')).toMatchObject({
      state: 'degraded',
      reason: 'clusterForbidden',
      message: 'watch pods',
    });
    server.apply(pod('b'));
    await inStep();
    server.clearFaults();
    await sink.until(() => health[health.length - 1].state === 'ok');
  });

  it('reads an object of 7 MB from one line', async () => {
    reflect();
    await watching();
    const big = pod('big');
    big.spec = { note: 'x'.repeat(7 * 1024 * 1024) };
    server.apply(big);
    await inStep();
    expect(names()).toEqual(['a:v1', 'big:v1']);
  });

  it('keeps what is stored of an object that cannot be read, and reports it', async () => {
    server.apply(pod('unreadable'));
    reflect();
    await sink.until(() => health.length > 0);
    expect(health[0]).toMatchObject({
      state: 'degraded',
      reason: 'malformedAnswer',
      message: 'shop/unreadable: no spec',
    });
    expect(names()).toEqual(['a:v1']);
    await sink.until(() => source().fullSyncs > 2);
    expect(health.every(({ state }) => state === 'degraded')).toBe(true);
    server.apply(pod('b'));
    server.delete(reference('unreadable'));
    await inStep();
    await sink.until(() => health[health.length - 1].state === 'ok');
  });
});

describe('when the cluster refuses', () => {
  beforeEach(async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a')],
      token: undefined,
    });
  });

  it.each([
    [401, 'clusterRefused'],
    [429, 'clusterUnreachable'],
    [500, 'clusterUnreachable'],
    [408, 'sourceTimeout'],
    [307, 'malformedAnswer'],
    [418, 'malformedAnswer'],
  ])('reports %s as %s and recovers', async (status, reason) => {
    server.addFault({
      times: 2,
      fault: {
        kind: 'status',
        status,
        body: `{"kind":"Status","code":${status},"message":"no"}`,
        headers: { Location: 'http://127.0.0.1:1/' },
      },
    });
    reflect();
    await inStep();
    expect(health.slice(0, 2)).toEqual([
      expect.objectContaining({
        state: 'down',
        reason,
        nextTryAt: expect.stringMatching(/Z$/),
      }),
      expect.objectContaining({ state: 'down', reason }),
    ]);
    await sink.until(() => health[health.length - 1].state === 'ok');
  });

  it('names the missing right', async () => {
    server.setForbidden('pods', true);
    reflect();
    await sink.until(() => health.length > 0);
    expect(health[0]).toMatchObject({
      reason: 'clusterForbidden',
      message: 'list pods',
    });
    server.setForbidden('pods', false);
    await inStep();
  });

  it('tells a missing resource from an empty one', async () => {
    server.setMissing('pods', true);
    reflect();
    await sink.until(() => health.length > 0);
    expect(health[0]).toMatchObject({
      state: 'down',
      reason: 'resourceMissing',
    });
    expect(source().fullSyncs).toBe(0);
  });

  it.each([
    ['a page of a proxy', { kind: 'html' }, 'malformedAnswer'],
    ['a list cut off', { kind: 'truncatedBody' }, 'clusterUnreachable'],
    ['no list', { kind: 'wrongBytes', body: '[]' }, 'malformedAnswer'],
    ['no JSON', { kind: 'wrongBytes', body: '{' }, 'malformedAnswer'],
    [
      'an empty version',
      {
        kind: 'wrongBytes',
        body: '{"metadata":{"resourceVersion":""},"items":[]}',
      },
      'malformedAnswer',
    ],
    ['no version', { kind: 'wrongBytes', body: '{}' }, 'malformedAnswer'],
    [
      'no items',
      {
        kind: 'wrongBytes',
        body: '{"metadata":{"resourceVersion":"1"},"items":{}}',
      },
      'malformedAnswer',
    ],
  ] as const)('never reads %s as an empty list', async (_, fault, reason) => {
    server.addFault({ times: 1, fault });
    reflect();
    await inStep();
    expect(health[0]).toMatchObject({ state: 'down', reason });
  });

  it('keeps everything while the cluster is away', async () => {
    reflect();
    await watching();
    server.addFault({ fault: { kind: 'status', status: 503 } });
    server.dropWatches();
    await sink.until(() => health.some(({ state }) => state === 'down'));
    expect(names()).toEqual(['a:v1']);
    server.clearFaults();
    server.apply(pod('b'));
    await inStep();
  });
});

describe('when the lease is lost', () => {
  it('stops writing and starts anew with the next lease', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    sink.revoke('production');
    server.apply(pod('b'));
    await inStep();
    expect(source().fence).toBe(3);
  });
});

describe('when objects are asked for again', () => {
  it('gets the named ones and writes them', async () => {
    server = await KubernetesApiServer.start({
      objects: [pod('a'), pod('b')],
    });
    const { reflector } = reflect();
    await watching();
    const [{ uid }] = source().items;
    const before = source().upserted;
    reflector().requestAgain([
      { uid, namespace: 'shop', name: 'a' },
      { uid: 'gone', namespace: 'shop', name: 'gone' },
    ]);
    await sink.until(() => source().upserted > before);
    expect(requests('get').map(({ name }) => name)).toEqual(['a', 'gone']);
  });

  it('lists everything when it is asked to, or asked for too many', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const { reflector } = reflect();
    await watching();
    reflector().requestFullSync();
    await sink.until(() => source().fullSyncs === 2);
    await watching();
    reflector().requestAgain(
      Array.from({ length: 501 }, (_, index) => ({
        uid: `u${index}`,
        namespace: 'shop',
        name: 'a',
      })),
    );
    await sink.until(() => source().fullSyncs === 3);
    expect(requests('get')).toHaveLength(0);
  });
});

describe('when an object asked for again cannot be read', () => {
  it('says so and asks once more', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const { reflector } = reflect();
    await watching();
    const [{ uid }] = source().items;
    const before = source().upserted;
    server.addFault({
      path: /pods\/a\?/,
      times: 1,
      fault: { kind: 'wrongBytes', body: '{}' },
    });
    reflector().requestAgain([{ uid, namespace: 'shop', name: 'a' }]);
    await sink.until(() => source().upserted > before);
    expect(health).toContainEqual(
      expect.objectContaining({
        state: 'degraded',
        reason: 'malformedAnswer',
      }),
    );
    await sink.until(() => health[health.length - 1].state === 'ok');
  });
});

describe('when items depend on more than their object', () => {
  it('lists everything at every start', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const first = reflect({ startsAnew: true });
    await watching();
    await first.stop();
    reflect({ startsAnew: true });
    await sink.until(() => source().fullSyncs === 2);
    expect(source().upserted).toBe(2);
  });
});

describe('when a changed object cannot be read by its name', () => {
  it('removes nothing because of one 404', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    server.addFault({
      path: /pods\/a\?/,
      fault: { kind: 'status', status: 404, body: '{"kind":"Status"}' },
    });
    server.dropWatches();
    server.apply(pod('a', 'v2'));
    server.compact({ expireWatches: true });
    await sink.until(() => source().fullSyncs === 2);
    expect(names()).toEqual(['a:v1']);
    server.delete(reference('a'));
    await inStep();
  });

  it.each([
    [
      'too large',
      { kind: 'oversizedBody', bytes: 9_000_000 },
      'answerTooLarge',
    ],
    ['no JSON', { kind: 'wrongBytes', body: '{' }, 'malformedAnswer'],
    ['no object', { kind: 'wrongBytes', body: '{}' }, 'malformedAnswer'],
  ] as const)(
    'keeps what is stored of one that is %s',
    async (_, fault, reason) => {
      server = await KubernetesApiServer.start({
        objects: [pod('a'), pod('b')],
      });
      reflect();
      await watching();
      server.addFault({ path: '/api/v1/namespaces/shop/pods/a', fault });
      server.dropWatches();
      server.apply(pod('a', 'v2'));
      server.apply(pod('b', 'v2'));
      server.compact({ expireWatches: true });
      await sink.until(() => source().fullSyncs === 2);
      await sink.until(() => health[health.length - 1].state === 'degraded');
      expect(health[health.length - 1]).toMatchObject({
        reason,
        message: expect.stringMatching(/^a: /),
      });
      expect(names()).toEqual(['a:v1', 'b:v2']);
    },
  );
});

describe('when a list is unwieldy', () => {
  it('reads everything again when too much has changed for single requests', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    reflect();
    await watching();
    server.addFault({
      path: /watch=1/,
      times: 1,
      fault: { kind: 'status', status: 410, body: '{"kind":"Status"}' },
    });
    server.dropWatches();
    for (let index = 0; index < 250; index += 1) {
      server.apply(pod(`p${index}`));
    }
    await inStep();
    expect(requests('get')).toHaveLength(0);
  });

  it('asks for smaller pages when one is too large', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a'), pod('b')] });
    server.addFault({
      path: /limit=50/,
      fault: { kind: 'oversizedBody', bytes: 70 * 1024 * 1024 },
    });
    reflect();
    await inStep();
    expect(requests('list').map(({ path }) => path)).toEqual([
      '/api/v1/pods?limit=50',
      '/api/v1/pods?limit=6',
    ]);
  });

  it('lists again in smaller pages when one is too large for the thread that reads it', async () => {
    server = await KubernetesApiServer.start({
      objects: Array.from({ length: 8 }, (_, index) => pod(`p${index}`)),
    });
    reflect({
      parsePage: async body => {
        const { items, ...page } = await parseList(body);
        const refused = new ClusterReadError('answerTooLarge', 'no memory');
        return {
          ...page,
          items: items.length > 6 ? Promise.reject(refused) : items,
        };
      },
    });
    await inStep();
    expect(requests('list').map(({ path }) => path)).toEqual([
      '/api/v1/pods?limit=50',
      '/api/v1/pods?limit=6',
      expect.stringMatching(/^\/api\/v1\/pods\?limit=2000&continue=/),
    ]);
  });

  it('skips listed objects that are none, and says so', async () => {
    server = await KubernetesApiServer.start({ objects: [pod('a')] });
    const list = {
      metadata: { resourceVersion: server.resourceVersion },
      items: [
        7,
        { kind: 'Secret', metadata: { ...server.list('pods')[0].metadata } },
        server.list('pods')[0],
      ],
    };
    server.addFault({
      times: 1,
      path: /limit=50/,
      fault: { kind: 'wrongBytes', body: JSON.stringify(list) },
    });
    reflect();
    await inStep();
    await sink.until(() => health.length > 0);
    expect(health[0]).toMatchObject({
      state: 'degraded',
      reason: 'malformedAnswer',
      message:
        'a listed object has no name, uid or resourceVersion (and 1 more)',
    });
  });
});
