import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ObservedPolicyReport } from 'backstage-plugin-supply-chain-node';
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
import { PolicyReportsFeed } from './PolicyReportsFeed';

const ALL = [
  'policyreports',
  'clusterpolicyreports',
  'reports',
  'clusterreports',
];

const recorded = JSON.parse(
  readFileSync(join(__dirname, '../__fixtures__/policyreports.json'), 'utf8'),
).items as KubernetesObject[];

function named(apiVersion: string, kind: string, name: string, pod: string) {
  const ofCluster = kind.startsWith('Cluster');
  return {
    apiVersion,
    kind,
    metadata: { name, ...(ofCluster ? {} : { namespace: 'shop' }) },
    results: [
      {
        source: 'bench',
        policy: 'no-root',
        result: 'fail',
        resources: [
          { apiVersion: 'v1', kind: 'Pod', name: pod, namespace: 'shop' },
        ],
      },
    ],
  } as KubernetesObject;
}

const clusterReport = named(
  'wgpolicyk8s.io/v1alpha2',
  'ClusterPolicyReport',
  'bench',
  'web-1',
);
const openReport = named('openreports.io/v1alpha1', 'Report', 'open', 'web-2');
const clusterOpenReport = named(
  'openreports.io/v1alpha1',
  'ClusterReport',
  'bench',
  'web-3',
);
const everything = [...recorded, clusterReport, openReport, clusterOpenReport];

let server: KubernetesApiServer;
let sink: MemoryFeedSink<ObservedPolicyReport>;
let stop: () => Promise<void>;

beforeEach(async () => {
  server = await KubernetesApiServer.start({ objects: everything });
  sink = new MemoryFeedSink();
});

afterEach(async () => {
  await stop();
  await server.stop();
});

function start(options: { namespaces?: string[]; needsUser?: string[] } = {}) {
  stop = followForTest({
    create: PolicyReportsFeed.create,
    sink,
    clusters: { production: server.url },
    ...options,
  });
}

const source = () => sink.source('production');
const objects = () =>
  source()
    .items.flatMap(item => item.objects)
    .map(({ evidence: { subject } }) =>
      subject.type === 'workload' ? `${subject.kind}/${subject.name}` : '',
    )
    .sort();
const health = () => sink.reportOf('production');
const items = (count: number) =>
  sink.until(() => source().items.length === count);
const state = (expected: string) =>
  sink.until(() => health()?.state === expected);
const watches = async (count: number) => {
  while (server.openWatches < count) {
    await new Promise(resolve => setImmediate(resolve));
  }
};

it('reads every kind of report and follows changes and deletions', async () => {
  start();
  await items(6);
  await state('ok');
  expect(health()).toMatchObject({ kind: 'enforcer', name: 'production' });
  expect(objects()).toEqual([
    'Pod/web-1',
    'Pod/web-2',
    'Pod/web-3',
    'ReplicaSet/payments-6b3e303c2c',
    'ReplicaSet/web-f6e6818def',
    'ReplicaSet/worker-69fbc43cd0',
  ]);
  server.apply(named('openreports.io/v1alpha1', 'Report', 'open', 'web-9'));
  await sink.until(() => objects().includes('Pod/web-9'));
  const { apiVersion, kind, metadata } = recorded[0];
  const { name, namespace } = metadata;
  server.delete({ apiVersion, kind, name, namespace });
  await items(5);
  expect(objects()).not.toContain('ReplicaSet/payments-6b3e303c2c');
});

describe('when definitions are not installed', () => {
  it('takes that for no error', async () => {
    ALL.forEach(resource => server.setMissing(resource, true));
    start();
    await state('notInstalled');
    expect(health()?.reason).toBeUndefined();
    expect(source().items).toEqual([]);
  });

  it('reads the ones that are', async () => {
    server.setMissing('reports', true);
    server.setMissing('clusterreports', true);
    start();
    await items(4);
    await state('ok');
    expect(health()?.reason).toBeUndefined();
  });

  it('notices when they are installed', async () => {
    ALL.forEach(resource => server.setMissing(resource, true));
    start();
    await state('notInstalled');
    ALL.forEach(resource => server.setMissing(resource, false));
    await items(6);
    await state('ok');
    expect(objects()).toHaveLength(6);
  });

  it('forgets the reports that went with a definition, and reads them when they are back', async () => {
    start();
    await items(6);
    await watches(4);
    server.setMissing('policyreports', true);
    server.dropWatches();
    await items(3);
    expect(objects()).toEqual(['Pod/web-1', 'Pod/web-2', 'Pod/web-3']);
    server.setMissing('policyreports', false);
    await items(6);
  });

  it('forgets what an earlier run had read', async () => {
    start();
    await items(6);
    await state('ok');
    await stop();
    server.setMissing('reports', true);
    start();
    await items(5);
    expect(objects()).not.toContain('Pod/web-2');
  });
});

describe('when rights are missing', () => {
  it('names each of them', async () => {
    ALL.forEach(resource => server.setForbidden(resource, true));
    start();
    await sink.until(
      () => health()?.message?.includes('list clusterreports') ?? false,
    );
    expect(health()).toMatchObject({
      state: 'down',
      reason: 'clusterForbidden',
      message:
        'list policyreports, list clusterpolicyreports, list reports, list clusterreports',
    });
    expect(source().items).toEqual([]);
  });

  it('keeps what was read before: refused is not gone', async () => {
    start();
    await items(6);
    await watches(4);
    server.setForbidden('policyreports', true);
    server.dropWatches();
    await state('degraded');
    expect(health()?.reason).toBe('clusterForbidden');
    expect(source().items).toHaveLength(6);
  });
});

it('finds what it missed while its watches were dropped and their history was lost (410)', async () => {
  start();
  await items(6);
  await state('ok');
  await watches(4);
  server.dropWatches();
  const { apiVersion, kind, metadata } = recorded[0];
  const { name, namespace } = metadata;
  server.delete({ apiVersion, kind, name, namespace });
  server.apply(
    named('wgpolicyk8s.io/v1alpha2', 'ClusterPolicyReport', 'bench', 'web-8'),
  );
  server.compact({ expireWatches: true });
  await sink.until(
    () => source().items.length === 5 && objects().includes('Pod/web-8'),
  );
  expect(objects()).toEqual([
    'Pod/web-2',
    'Pod/web-3',
    'Pod/web-8',
    'ReplicaSet/web-f6e6818def',
    'ReplicaSet/worker-69fbc43cd0',
  ]);
});

it('goes on from where each watch left off', async () => {
  start();
  await items(6);
  await state('ok');
  await watches(4);
  await stop();
  const before = server.requests.length;
  start();
  await state('ok');
  await watches(4);
  const lists = server.requests
    .slice(before)
    .filter(({ verb, path }) => verb === 'list' && !/limit=1(&|$)/.test(path));
  expect(lists).toEqual([]);
  expect(source().items).toHaveLength(6);
});

it('says what of a report cannot be read, and keeps the others', async () => {
  const broken = structuredClone(openReport);
  broken.scope = 'everything';
  server.apply(broken);
  start();
  await items(5);
  await state('degraded');
  expect(health()).toMatchObject({
    reason: 'malformedAnswer',
    message: 'shop/open: has a scope that is no object reference',
  });
});

it('leaves the reports of the cluster alone when it is limited to namespaces', async () => {
  start({ namespaces: ['shop'] });
  await items(3);
  await state('ok');
  expect(server.requests.every(({ namespace }) => namespace === 'shop')).toBe(
    true,
  );
});

it('reports a cluster that only users reach', async () => {
  start({ needsUser: ['production'] });
  await state('down');
  expect(health()).toMatchObject({ reason: 'clusterNeedsUser' });
  expect(server.requests).toHaveLength(0);
});

it('stops when its lease is lost, and starts over', async () => {
  start();
  await items(6);
  await state('ok');
  await watches(4);
  sink.revoke('production');
  server.apply(named('openreports.io/v1alpha1', 'Report', 'more', 'web-7'));
  await items(7);
  expect(objects()).toContain('Pod/web-7');
});

it('needs exactly the rights deploy/rbac.yaml grants for these reports', async () => {
  const file = join(__dirname, '../../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(right =>
    / (wgpolicyk8s\.io|openreports\.io)\//.test(right),
  );
  expect(granted).toHaveLength(12);
  start();
  await items(6);
  await watches(4);
  // A watch that has expired leads to a list of metadata, and what changed meanwhile is fetched by name.
  server.dropWatches();
  const changed = structuredClone(recorded[0]);
  changed.results = [];
  [
    changed,
    named('wgpolicyk8s.io/v1alpha2', 'ClusterPolicyReport', 'bench', 'web-4'),
    named('openreports.io/v1alpha1', 'Report', 'open', 'web-5'),
    named('openreports.io/v1alpha1', 'ClusterReport', 'bench', 'web-6'),
  ].forEach(object => server.apply(object));
  server.compact({ expireWatches: true });
  await sink.until(() =>
    ['Pod/web-4', 'Pod/web-5', 'Pod/web-6'].every(name =>
      objects().includes(name),
    ),
  );
  await sink.until(() => !objects().includes('ReplicaSet/payments-6b3e303c2c'));
  expect(requestedRights(server.requests)).toEqual(granted);
});
