import { KubernetesApiServer, KubernetesObject } from 'sandbox';
import { createDirectTransport, MemoryFeedSink } from '../testUtils';
import { systemClock } from './Clock';
import { ConvertingTarget } from './ConvertingTarget';
import { followClusters } from './followClusters';
import { Reflector } from './Reflector';
import { runWithHints } from './runWithHints';

jest.setTimeout(30_000);

type Item = { uid: string; resourceVersion: string; name: string };

let server: KubernetesApiServer;
let sink: MemoryFeedSink<Item>;
let controller: AbortController;
let running: Promise<void>;
let wakeUps: Array<() => void>;

const report = (name: string, namespace = 'shop'): KubernetesObject => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'VulnerabilityReport',
  metadata: { name, namespace },
});

/** The pause between hints ends when the test says so. */
const clock = {
  ...systemClock,
  setTimer: (callback: () => void, delayMs: number) => {
    if (delayMs === 5_000 || delayMs === 30_000) {
      wakeUps.push(callback);
      return () => undefined;
    }
    return systemClock.setTimer(callback, delayMs);
  },
};

beforeEach(() => {
  wakeUps = [];
  sink = new MemoryFeedSink();
  controller = new AbortController();
});

afterEach(async () => {
  controller.abort();
  await running;
  await server.stop();
});

async function start(objects: KubernetesObject[], namespaces?: string[]) {
  server = await KubernetesApiServer.start({ objects });
  running = followClusters<Item>({
    transport: createDirectTransport({ production: server.url }),
    sink,
    kind: 'scanner',
    signal: controller.signal,
    work: async ({ connection, writer, signal, hints }) => {
      const reflector = Reflector.create({
        connection,
        resource: 'vulnerabilityreports',
        form: 'full',
        namespaces,
        onHealth: () => undefined,
        target: new ConvertingTarget<Item>({
          writer,
          convert: ({ metadata: { uid, resourceVersion, name } }) => ({
            kind: 'item',
            item: { uid, resourceVersion, name },
          }),
        }),
      });
      const reflectors = new Map([['vulnerabilityreports', reflector]]);
      await runWithHints({ hints, reflectors, clock, signal }, () =>
        reflector.run(signal),
      );
    },
  });
  await sink.until(() => sink.source('production').fullSyncs > 0);
  await settled(() => server.openWatches > 0);
  server.clearRequests();
}

async function settled(condition: () => boolean) {
  while (!condition()) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

const asked = (verb: string) =>
  server.requests.filter(request => request.verb === verb);
const hint = (...hints: string[]) => sink.hint('production', ...hints);

it('reads a named object at once', async () => {
  await start([report('a'), report('b')]);
  hint('vulnerabilityreports/shop/a');
  await settled(() => asked('get').length > 0);
  expect(server.requests.map(({ verb, name }) => [verb, name])).toEqual([
    ['get', 'a'],
  ]);
  await settled(() => wakeUps.length > 0);
  expect(sink.source('production').items).toHaveLength(2);
});

it('removes nothing for an object that is not there', async () => {
  await start([report('a')]);
  hint('vulnerabilityreports/shop/made-up');
  await settled(() => asked('get').length > 0);
  await settled(() => wakeUps.length > 0);
  expect(sink.source('production').items.map(({ name }) => name)).toEqual([
    'a',
  ]);
});

it('reads nothing outside the namespaces it is told to read', async () => {
  await start([report('a')], ['shop']);
  hint('vulnerabilityreports/other/a', 'vulnerabilityreports/shop/a');
  await settled(() => asked('get').length > 0);
  await settled(() => wakeUps.length > 0);
  expect(asked('get').map(({ namespace }) => namespace)).toEqual(['shop']);
});

it('leaves hints about other resources to others', async () => {
  await start([report('a')]);
  hint('configauditreports/shop/a', 'configauditreports');
  await settled(() => wakeUps.length > 0);
  expect(server.requests).toEqual([]);
});

it.each([
  ['the resource', ['vulnerabilityreports']],
  ['everything', ['']],
  [
    'many objects',
    Array.from({ length: 51 }, (_, at) => `vulnerabilityreports/shop/r${at}`),
  ],
])('lists once when hints name %s', async (_, hints) => {
  await start([report('a')]);
  hint(...hints);
  await settled(() => asked('list').length > 0 && server.openWatches > 0);
  await settled(() => wakeUps.length > 0);
  expect(asked('list')).toHaveLength(1);
  expect(asked('list')[0].metadataOnly).toBe(true);
  expect(asked('get')).toEqual([]);
});

it('puts what comes meanwhile together', async () => {
  await start([report('a')]);
  hint('vulnerabilityreports/shop/a');
  await settled(() => wakeUps.length === 1 && asked('get').length === 1);
  for (let at = 0; at < 10_000; at += 1) {
    hint(`vulnerabilityreports/shop/r${at}`);
  }
  expect(server.requests).toHaveLength(1);
  wakeUps[0]();
  await settled(() => wakeUps.length === 2 && server.openWatches > 0);
  expect(asked('get')).toHaveLength(1);
  expect(asked('list')).toHaveLength(1);
});
