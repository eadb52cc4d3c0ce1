import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ObservedPod } from 'backstage-plugin-supply-chain-common';
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
import { KubernetesInventoryFeed } from './KubernetesInventoryFeed';

let server: KubernetesApiServer;
let sink: MemoryFeedSink<ObservedPod>;
let stop: () => Promise<void>;

beforeEach(() => {
  sink = new MemoryFeedSink();
});

afterEach(async () => {
  await stop();
  await server.stop();
});

function recorded(name: string): KubernetesObject[] {
  const text = readFileSync(join(__dirname, '__fixtures__', name), 'utf8');
  const { items, kind, apiVersion } = JSON.parse(text);
  const itemKind = kind === 'List' ? undefined : kind.replace(/List$/, '');
  return items.map((item: KubernetesObject) => ({
    ...item,
    apiVersion: item.apiVersion ?? apiVersion,
    kind: item.kind ?? itemKind,
  }));
}

function object(
  apiVersion: string,
  kind: string,
  metadata: Record<string, unknown>,
  more: object = {},
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: metadata as KubernetesObject['metadata'],
    ...more,
  };
}

const owner = (kind: string, name: string, uid: string) => [
  { apiVersion: 'apps/v1', kind, name, uid, controller: true },
];

function pod(name: string, metadata: object = {}, phase = 'Running') {
  return object(
    'v1',
    'Pod',
    { name, namespace: 'shop', ...metadata },
    {
      spec: { nodeName: 'node-0', containers: [{ name: 'a', image: 'i' }] },
      status: { phase },
    },
  );
}

const node = object('v1', 'Node', {
  name: 'node-0',
  labels: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' },
});

async function start(
  objects: KubernetesObject[],
  options: { namespaces?: string[]; prepare?: () => void } = {},
) {
  server = await KubernetesApiServer.start({ objects });
  options.prepare?.();
  run(options.namespaces);
}

function run(namespaces?: string[]) {
  stop = followForTest({
    create: KubernetesInventoryFeed.create,
    sink,
    clusters: { production: server.url },
    namespaces,
  });
}

const items = () => sink.source('production').items;
const named = (name: string) => items().find(each => each.name === name);
const listed = (resource: string) =>
  server.requests.some(
    request => request.verb === 'list' && request.resource === resource,
  );
const synced = () => sink.until(() => sink.source('production').fullSyncs > 0);

describe('when owners can be read', () => {
  it('finds the Deployment of every recorded pod', async () => {
    await start([
      ...recorded('pods.json'),
      ...recorded('replicasets.json'),
      node,
    ]);
    await synced();
    expect(
      Object.fromEntries(
        items().map(each => [
          each.controller.name,
          `${each.workload.kind}/${each.workload.name} ${each.platform}`,
        ]),
      ),
    ).toMatchObject({
      'web-f6e6818def': expect.stringMatching(/^Deployment\/web /),
      'payments-6b3e303c2c': expect.stringMatching(/^Deployment\/payments /),
    });
    expect(items()).toHaveLength(11);
    expect(items().map(({ platform }) => platform)).toContain('linux/arm64');
    await sink.until(() => sink.reportOf('production')?.state === 'ok');
  });

  it('resolves Jobs to CronJobs and leaves other owners as they are', async () => {
    await start([
      object('batch/v1', 'Job', {
        name: 'nightly-1',
        namespace: 'shop',
        uid: 'job',
        ownerReferences: owner('CronJob', 'nightly', 'cron'),
      }),
      pod('a', { ownerReferences: owner('Job', 'nightly-1', 'job') }),
      pod('b', { ownerReferences: owner('StatefulSet', 'db', 'set') }),
      pod('c'),
    ]);
    await synced();
    expect(named('a')?.workload).toEqual({ kind: 'CronJob', name: 'nightly' });
    expect(named('b')?.workload).toEqual({ kind: 'StatefulSet', name: 'db' });
    expect(named('c')?.workload).toEqual({ kind: 'Pod', name: 'c' });
  });

  it('reads a pod again when its ReplicaSet or node turns up later', async () => {
    await start([
      pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
    ]);
    await synced();
    expect(named('a')?.workload).toEqual({ kind: 'ReplicaSet', name: 'web-1' });
    server.apply(
      object('apps/v1', 'ReplicaSet', {
        name: 'web-1',
        namespace: 'shop',
        uid: 'set',
        ownerReferences: owner('Deployment', 'web', 'd'),
      }),
    );
    server.apply(node);
    await sink.until(
      () =>
        named('a')?.workload.kind === 'Deployment' &&
        named('a')?.platform === 'linux/arm64',
    );
    expect(named('a')?.workload).toEqual({ kind: 'Deployment', name: 'web' });
    expect(sink.source('production').fullSyncs).toBe(1);
  });

  it('knows ReplicaSets still after the Jobs were listed again', async () => {
    await start([
      object('apps/v1', 'ReplicaSet', {
        name: 'web-1',
        namespace: 'shop',
        uid: 'set',
        ownerReferences: owner('Deployment', 'web', 'd'),
      }),
    ]);
    await synced();
    while (server.openWatches < 4) {
      await new Promise(resolve => setImmediate(resolve));
    }
    server.clearRequests();
    server.sendMalformedLine('{}\n', 'jobs');
    while (server.openWatches < 4 || !listed('jobs')) {
      await new Promise(resolve => setImmediate(resolve));
    }
    server.apply(
      pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
    );
    await sink.until(() => named('a') !== undefined);
    expect(named('a')?.workload).toEqual({ kind: 'Deployment', name: 'web' });
  });

  it('reads pods anew at a start, as their ReplicaSets may be readable now', async () => {
    await start(
      [
        object('apps/v1', 'ReplicaSet', {
          name: 'web-1',
          namespace: 'shop',
          uid: 'set',
          ownerReferences: owner('Deployment', 'web', 'd'),
        }),
        pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
      ],
      { prepare: () => server.setForbidden('replicasets', true) },
    );
    await synced();
    expect(named('a')?.workload).toEqual({ kind: 'ReplicaSet', name: 'web-1' });
    await stop();
    server.setForbidden('replicasets', false);
    run();
    await sink.until(() => named('a')?.workload.kind === 'Deployment');
  });

  it('follows a ReplicaSet that another Deployment adopts', async () => {
    const set = (deployment: string) =>
      object('apps/v1', 'ReplicaSet', {
        name: 'web-1',
        namespace: 'shop',
        uid: 'set',
        ownerReferences: owner('Deployment', deployment, deployment),
      });
    await start([
      set('web'),
      pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
    ]);
    await synced();
    server.apply(set('shop'));
    await sink.until(() => named('a')?.workload.name === 'shop');
    expect(named('a')?.workload).toEqual({ kind: 'Deployment', name: 'shop' });
  });
});

describe('when pods end', () => {
  it('removes completed ones, as nothing of them runs (L4)', async () => {
    await start([pod('a'), pod('b', {}, 'Succeeded')]);
    await synced();
    expect(items().map(({ name }) => name)).toEqual(['a']);
    server.apply(pod('a', {}, 'Failed'));
    await sink.until(() => items().length === 0);
  });

  it('asks the server to leave ended pods out', async () => {
    await start([pod('a')]);
    await synced();
    const asked = server.requests.filter(({ resource }) => resource === 'pods');
    expect(
      asked.every(({ path }) =>
        path.includes('fieldSelector=status.phase%21%3DSucceeded'),
      ),
    ).toBe(true);
  });
});

describe('when rights are missing', () => {
  it('still shows pods, with the controller as their workload', async () => {
    await start(
      [
        object('apps/v1', 'ReplicaSet', {
          name: 'web-1',
          namespace: 'shop',
          uid: 'set',
          ownerReferences: owner('Deployment', 'web', 'd'),
        }),
        pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
      ],
      { prepare: () => server.setForbidden('replicasets', true) },
    );
    await synced();
    expect(named('a')?.workload).toEqual({ kind: 'ReplicaSet', name: 'web-1' });
    await sink.until(() => sink.reportOf('production')?.state === 'degraded');
    expect(sink.reportOf('production')).toMatchObject({
      reason: 'clusterForbidden',
      message: 'list replicasets',
    });
    server.setForbidden('replicasets', false);
    await sink.until(() => named('a')?.workload.kind === 'Deployment');
    await sink.until(() => sink.reportOf('production')?.state === 'ok');
  });

  it('is down when pods cannot be listed', async () => {
    await start([pod('a')], {
      prepare: () => server.setForbidden('pods', true),
    });
    await sink.until(() => sink.reportOf('production')?.state === 'down');
    expect(sink.reportOf('production')).toMatchObject({
      kind: 'cluster',
      reason: 'clusterForbidden',
      message: 'list pods',
    });
    expect(sink.source('production').fullSyncs).toBe(0);
  });
});

it('reads only the namespaces it is told to', async () => {
  await start([pod('a'), pod('b', { namespace: 'other' })], {
    namespaces: ['shop'],
  });
  await synced();
  expect(items().map(({ name }) => name)).toEqual(['a']);
  expect(
    server.requests
      .filter(({ resource }) => resource !== 'nodes')
      .every(({ namespace }) => namespace === 'shop'),
  ).toBe(true);
});

it('needs exactly the rights deploy/rbac.yaml grants, apart from those for reports', async () => {
  const file = join(__dirname, '../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(
    // Whoever reads them compares them with its own requests.
    right =>
      !/ (aquasecurity\.github\.io|wgpolicyk8s\.io|openreports\.io)\//.test(
        right,
      ),
  );
  await start([
    pod('a', { ownerReferences: owner('ReplicaSet', 'web-1', 'set') }),
  ]);
  await synced();
  server.apply(
    object('apps/v1', 'ReplicaSet', {
      name: 'web-1',
      namespace: 'shop',
      uid: 'set',
      ownerReferences: owner('Deployment', 'web', 'd'),
    }),
  );
  await sink.until(() => named('a')?.workload.kind === 'Deployment');
  while (requestedRights(server.requests).length < granted.length) {
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(requestedRights(server.requests)).toEqual(granted);
});
