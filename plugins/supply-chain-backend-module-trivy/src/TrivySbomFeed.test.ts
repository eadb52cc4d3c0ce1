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

function start(selection: { namespaces?: string[] } = {}) {
  const clusters = { production: server.url };
  const { create } = TrivySbomFeed;
  stop = followForTest({ create, sink, clusters, ...selection });
}

const CLUSTER = { type: 'platform', name: 'k8s.io/kubernetes' };

/** A report in no namespace, on what `component` says. */
function clusterSbom(component: object = CLUSTER): KubernetesObject {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'ClusterSbomReport',
    metadata: { name: '6b5887445b' },
    report: {
      artifact: { repository: 'shop/web', tag: '1' },
      registry: { server: 'registry.acme.example' },
      scanner: { name: 'Trivy', version: '0.72.0' },
      summary: { componentsCount: 2 },
      updateTimestamp: '2026-11-23T12:00:00Z',
      components: {
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        metadata: { component },
        components: [{ name: 'k8s.io/apiserver' }],
      },
    },
  };
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

it('reads what the cluster is made of beside them', async () => {
  start();
  await sink.until(() => health()?.state === 'ok');
  server.apply(clusterSbom());
  await sink.until(() => items().length === 3);
  const found = items().find(({ namespace }) => namespace === '');
  expect(found?.evidence).toMatchObject({
    subject: { type: 'cluster', cluster: 'production' },
    detail: { components: [{ name: 'k8s.io/apiserver' }] },
  });
  expect(health()?.parts).toEqual([
    { name: 'sbomreports', state: 'ok' },
    { name: 'clustersbomreports', state: 'ok' },
  ]);
});

it('leaves out what is kept by tag alone, and names it in the health', async () => {
  server.apply(
    clusterSbom({
      type: 'container',
      name: 'registry.acme.example/shop/web:1',
    }),
  );
  start();
  await sink.until(() => health()?.state === 'degraded');
  expect(health()).toMatchObject({
    reason: 'malformedAnswer',
    message: '6b5887445b: does not say which digest it describes',
  });
});

it('reads images where the right to read clusters is missing', async () => {
  server.setForbidden('clustersbomreports', true);
  start();
  await sink.until(() => health()?.state === 'degraded');
  await sink.until(() => items().length === 2);
  expect(health()).toMatchObject({
    reason: 'clusterForbidden',
    message: 'list clustersbomreports',
  });
});

it('leaves the cluster alone where it is limited to namespaces', async () => {
  server.apply(clusterSbom());
  start({ namespaces: ['payments'] });
  await sink.until(() => health()?.state === 'ok');
  expect(health()?.parts).toEqual([{ name: 'sbomreports', state: 'ok' }]);
  expect(items().every(({ namespace }) => namespace !== '')).toBe(true);
});

it('takes an operator that makes no SBOMs for no outage', async () => {
  server.setMissing('sbomreports', true);
  server.setMissing('clustersbomreports', true);
  start();
  await sink.until(() => health()?.state === 'notInstalled');
  expect(health()).not.toHaveProperty('reason');
  server.setMissing('sbomreports', false);
  await sink.until(() => items().length === 2);
});

it('names the missing rights', async () => {
  server.setForbidden('sbomreports', true);
  server.setForbidden('clustersbomreports', true);
  start();
  await sink.until(() => health()?.state === 'down');
  expect(health()).toMatchObject({
    reason: 'clusterForbidden',
    message: 'list sbomreports, list clustersbomreports',
  });
});

it('needs exactly the rights deploy/rbac.yaml grants for SBOMs', async () => {
  const file = join(__dirname, '../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(right =>
    /\/(cluster)?sbomreports$/.test(right),
  );
  server.apply(clusterSbom());
  start();
  await sink.until(() => items().length === 3);
  while (server.openWatches < 2) {
    await new Promise(resolve => setImmediate(resolve));
  }
  // A watch that has expired leads to a list of metadata, and what changed meanwhile is fetched by name.
  server.dropWatches();
  const changed = structuredClone(recorded[0]);
  (changed.report as { summary: object }).summary = { componentsCount: 14 };
  server.apply(changed);
  server.apply(clusterSbom({ ...CLUSTER, version: '1.31.1' }));
  server.compact({ expireWatches: true });
  await sink.until(() => requestedRights(server.requests).length === 6);
  expect(requestedRights(server.requests)).toEqual(granted);
});
