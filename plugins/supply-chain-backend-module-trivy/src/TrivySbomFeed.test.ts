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
import { TrivySbomFeed } from './TrivySbomFeed';

let server: KubernetesApiServer;
let sink: MemoryFeedSink<ObservedReport<'sbom'>>;
let stop: () => Promise<void>;

const recorded = JSON.parse(
  readFileSync(join(__dirname, '__fixtures__', 'sbomreports.json'), 'utf8'),
).items as KubernetesObject[];

beforeEach(async () => {
  server = await KubernetesApiServer.start({ objects: recorded });
  sink = new MemoryFeedSink();
});

afterEach(async () => {
  await stop();
  await server.stop();
});

function start() {
  const clusters = { production: server.url };
  stop = followForTest({ create: TrivySbomFeed.create, sink, clusters });
}

const items = () => sink.source('production').items;
const health = () => sink.reportOf('production');

it('reads every SBOM and follows what comes and goes', async () => {
  start();
  await sink.until(() => items().length === 2);
  expect(
    items().map(({ container, evidence }) => [
      container,
      evidence.detail?.components.length,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['payments', 13],
      ['worker', 1],
    ]),
  );
  await sink.until(() => health()?.state === 'ok');
  expect(health()).toMatchObject({ kind: 'contents', name: 'production' });
  const [{ apiVersion, kind, metadata }] = recorded;
  const { name, namespace } = metadata;
  server.delete({ apiVersion, kind, name, namespace });
  await sink.until(() => items().length === 1);
});

it('keeps one that was refused as evidence, and names it in the health of its cluster', async () => {
  const broken = structuredClone(recorded[0]);
  (broken.report as { summary: object }).summary = { componentsCount: 99 };
  server.apply(broken);
  start();
  await sink.until(() => items().length === 2);
  expect(
    items()
      .map(({ evidence }) => evidence.status)
      .sort(),
  ).toEqual(['invalid', 'present']);
  await sink.until(() => health()?.state === 'degraded');
  expect(health()).toMatchObject({
    reason: 'malformedAnswer',
    message:
      'payments/replicaset-payments-6b3e303c2c-payments: lists 13 components and counts 99',
  });
  server.apply(recorded[0]);
  await sink.until(() => health()?.state === 'ok');
});

it('takes an operator that makes no SBOMs for no outage', async () => {
  server.setMissing('sbomreports', true);
  start();
  await sink.until(() => health()?.state === 'notInstalled');
  expect(health()).not.toHaveProperty('reason');
  server.setMissing('sbomreports', false);
  await sink.until(() => items().length === 2);
});

it('names the missing right', async () => {
  server.setForbidden('sbomreports', true);
  start();
  await sink.until(() => health()?.state === 'down');
  expect(health()).toMatchObject({
    reason: 'clusterForbidden',
    message: 'list sbomreports',
  });
});

it('needs exactly the rights deploy/rbac.yaml grants for SBOMs', async () => {
  const file = join(__dirname, '../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(right =>
    right.endsWith(' aquasecurity.github.io/sbomreports'),
  );
  start();
  await sink.until(() => items().length === 2);
  while (server.openWatches === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
  // A watch that has expired leads to a list of metadata, and what changed meanwhile is fetched by name.
  server.dropWatches();
  const changed = structuredClone(recorded[0]);
  (changed.report as { summary: object }).summary = { componentsCount: 14 };
  server.apply(changed);
  server.compact({ expireWatches: true });
  await sink.until(() => requestedRights(server.requests).length === 3);
  expect(requestedRights(server.requests)).toEqual(granted);
});
