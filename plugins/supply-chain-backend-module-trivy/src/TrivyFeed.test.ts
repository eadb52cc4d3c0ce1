import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ObservedReport } from 'backstage-plugin-supply-chain-node';
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
let sink: MemoryFeedSink<ObservedReport>;
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

function start(needsUser?: string[]) {
  const clusters = { production: server.url };
  stop = followForTest({ create: TrivyFeed.create, sink, clusters, needsUser });
}

const items = () => sink.source('production').items;
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
  await sink.until(() => report()?.state === 'ok');
});

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
  start(['production']);
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
