import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import {
  ObservedReport,
  PackedReport,
  packReport,
} from 'backstage-plugin-supply-chain-node';
import {
  followForTest,
  MemoryFeedSink,
} from 'backstage-plugin-supply-chain-node/testUtils';
import {
  grantedRights,
  KubernetesApiServer,
  KubernetesObject,
  requestedRights,
} from 'sandbox';
import { TrivyFeed } from './TrivyFeed';

let server: KubernetesApiServer;
let sink: MemoryFeedSink<ObservedReport | PackedReport>;
let stop: () => Promise<void>;

const recorded = JSON.parse(
  readFileSync(
    join(__dirname, '__fixtures__', 'vulnerabilityreports.json'),
    'utf8',
  ),
).items as KubernetesObject[];

beforeEach(async () => {
  server = await KubernetesApiServer.start({ objects: recorded });
  sink = new MemoryFeedSink();
});

afterEach(async () => {
  await stop();
  await server.stop();
});

function start(
  options: { needsUser?: string[]; threadFromBytes?: number } = {},
) {
  const { needsUser, threadFromBytes } = options;
  stop = followForTest({
    create: given => TrivyFeed.create({ ...given, threadFromBytes }),
    sink,
    clusters: { production: server.url },
    needsUser,
  });
}

const items = () => sink.source('production').items;

/** As text; a thread's maps are of another realm. */
const storedTexts = (reports: (ObservedReport | PackedReport)[]) =>
  reports
    .map(each =>
      JSON.stringify(each, (_, value) =>
        types.isMap(value) ? [...value].sort() : value,
      ),
    )
    .sort();
const report = () => sink.reportOf('production');

it('reads every report and follows new scans, changes and deletions', async () => {
  start();
  await sink.until(() => items().length === 3);
  expect(
    items()
      .map(({ container }) => container)
      .sort(),
  ).toEqual(
    recorded
      .map(({ metadata }) => metadata.labels?.['trivy-operator.container.name'])
      .sort(),
  );
  await sink.until(() => report()?.state === 'ok');
  const [first, second] = structuredClone(recorded);
  (first.report as { updateTimestamp: string }).updateTimestamp =
    '2026-11-24T09:00:00Z';
  server.apply(first);
  await sink.until(() =>
    items().some(
      ({ evidence }) => evidence.observedAt === '2026-11-24T09:00:00.000Z',
    ),
  );
  server.delete({
    apiVersion: second.apiVersion,
    kind: second.kind,
    name: second.metadata.name,
    namespace: second.metadata.namespace,
  });
  await sink.until(() => items().length === 2);
});

it('keeps a report it cannot read as invalid evidence, and the others as they are', async () => {
  const broken = structuredClone(recorded[0]);
  broken.report = { vulnerabilities: 'none' };
  server.apply(broken);
  start();
  await sink.until(() => items().length === 3);
  expect(
    items()
      .map(({ evidence }) => evidence.status)
      .sort(),
  ).toEqual(['invalid', 'present', 'present']);
  // An image that it names says so itself; the source does too, since it may name none.
  await sink.until(() => report()?.state === 'degraded');
  expect(report()).toMatchObject({
    reason: 'malformedAnswer',
    message: expect.stringContaining(broken.metadata.name),
  });
});

it('stores the same when a thread reads the list', async () => {
  const broken = structuredClone(recorded[0]);
  broken.report = { vulnerabilities: 'none' };
  server.apply(broken);
  start();
  await sink.until(() => items().length === 3);
  const texts = new Map<string, string>();
  const expected = storedTexts(items().map(each => packReport(each, texts)));
  await stop();
  sink = new MemoryFeedSink();
  start({ threadFromBytes: 0 });
  await sink.until(() => items().length === 3);
  expect(storedTexts(items())).toEqual(expected);
  expect(items().filter(({ evidence }) => evidence.detail)).toHaveLength(2);
  expect(texts.size).toBeGreaterThan(0);
  // A thread reads the sources anew.
}, 60_000);

it('says that the operator is not installed, and notices when it is', async () => {
  server.setMissing('vulnerabilityreports', true);
  start();
  await sink.until(() => report()?.state === 'down');
  expect(report()).toMatchObject({
    kind: 'scanner',
    name: 'production',
    reason: 'resourceMissing',
  });
  expect(sink.source('production').fullSyncs).toBe(0);
  server.setMissing('vulnerabilityreports', false);
  await sink.until(() => items().length === 3);
});

it('names the missing right', async () => {
  server.setForbidden('vulnerabilityreports', true);
  start();
  await sink.until(() => report()?.state === 'down');
  expect(report()).toMatchObject({
    reason: 'clusterForbidden',
    message: 'list vulnerabilityreports',
  });
});

it('reports a cluster that only users reach', async () => {
  start({ needsUser: ['production'] });
  await sink.until(() => report()?.state === 'down');
  expect(report()).toMatchObject({ reason: 'clusterNeedsUser' });
  expect(server.requests).toHaveLength(0);
});

it('needs exactly the rights deploy/rbac.yaml grants for reports on vulnerabilities', async () => {
  const file = join(__dirname, '../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(right =>
    right.endsWith(' aquasecurity.github.io/vulnerabilityreports'),
  );
  start();
  await sink.until(() => items().length === 3);
  while (server.openWatches === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
  // A watch that has expired leads to a list of metadata, and what changed meanwhile is fetched by name.
  server.dropWatches();
  const changed = structuredClone(recorded[0]);
  (changed.report as { updateTimestamp: string }).updateTimestamp =
    '2026-11-24T09:00:00Z';
  server.apply(changed);
  server.compact({ expireWatches: true });
  await sink.until(() => sink.source('production').fullSyncs === 2);
  expect(requestedRights(server.requests)).toEqual(granted);
});
