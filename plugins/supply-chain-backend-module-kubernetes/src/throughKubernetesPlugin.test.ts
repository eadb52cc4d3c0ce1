import { ChildProcess, fork } from 'node:child_process';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import {
  ClusterConnection,
  ClusterReadError,
  KubernetesPluginTransport,
} from 'backstage-plugin-supply-chain-node/clusters';
import { MemoryFeedSink } from 'backstage-plugin-supply-chain-node/testUtils';
import { KubernetesApiServer, KubernetesObject } from 'sandbox';
import { KubernetesInventoryFeed } from './KubernetesInventoryFeed';

const TOKEN = 'loopback-service-account-token';

// A whole backend in another process starts and answers slowly on a busy machine.
jest.setTimeout(120_000);

let server: KubernetesApiServer;
let transport: KubernetesPluginTransport;
let backend: ChildProcess;

function pod(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'web', image: 'registry.acme.example/shop/web:1' }],
    },
    status: { phase: 'Running' },
  };
}

function cluster(name: string, more: object) {
  return { name, url: server.url, authProvider: 'serviceAccount', ...more };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return port;
}

/** Resolves with a service token once the backend listens. */
async function startBackend(options: object): Promise<string> {
  const script = join(__dirname, '__testUtils__', 'startKubernetesPlugin.cjs');
  backend = fork(script, [JSON.stringify(options)], {
    silent: true,
    execArgv: [],
    env: { PATH: process.env.PATH, NODE_ENV: 'development' },
  });
  let output = '';
  return new Promise((resolve, reject) => {
    backend.stderr?.on('data', chunk => {
      output += chunk;
    });
    backend.stdout?.on('data', chunk => {
      output += chunk;
      const token = /"token":"([^"]+)"/.exec(output)?.[1];
      if (token) {
        resolve(token);
      }
    });
    backend.once('exit', code =>
      reject(new Error(`the backend ended with ${code}: ${output}`)),
    );
  });
}

beforeAll(async () => {
  server = await KubernetesApiServer.start({
    token: TOKEN,
    objects: Array.from({ length: 130 }, (_, index) => pod(`p${index}`)),
  });
  const clusters = [
    cluster('production', { serviceAccountToken: TOKEN }),
    cluster('wrong-token', { serviceAccountToken: 'expired' }),
    cluster('away', {
      serviceAccountToken: TOKEN,
      url: 'http://127.0.0.1:1',
    }),
    cluster('personal', { authProvider: 'google' }),
    cluster('azure', { authProvider: 'aks' }),
    cluster('single-sign-on', {
      authProvider: 'oidc',
      oidcTokenProvider: 'okta',
    }),
  ];
  const port = await freePort();
  const token = await startBackend({ port, clusters });
  // The portal's own token, taken from the process that may issue it.
  const auth = mockServices.auth.mock({
    getOwnServiceCredentials: jest.fn(),
    getPluginRequestToken: async () => ({ token }),
  });
  const discovery = mockServices.discovery.mock({
    getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
  });
  transport = KubernetesPluginTransport.create({ auth, discovery });
});

afterAll(async () => {
  server.dropWatches();
  const ended = new Promise(resolve => backend.once('exit', resolve));
  backend.disconnect();
  await ended;
  await server.stop();
});

const connect = (name: string) =>
  ClusterConnection.create({ cluster: name, transport });
const { signal } = new AbortController();
const failure = async (name: string) =>
  connect(name)
    .read({ resource: 'pods' }, { signal, maxBytes: 1_000_000 })
    .then(
      () => undefined,
      (error: ClusterReadError) => ({
        reason: error.reason,
        message: error.message,
      }),
    );

it('lists the clusters and says which of them need a user', async () => {
  const listings = await transport.listClusters({ signal });
  expect(
    Object.fromEntries(listings.map(each => [each.name, each.needsUser])),
  ).toEqual({
    production: false,
    'wrong-token': false,
    away: false,
    personal: true,
    azure: true,
    'single-sign-on': true,
  });
});

it('reads all pages and streams changes through the proxy', async () => {
  const sink = new MemoryFeedSink<ObservedPod>();
  const controller = new AbortController();
  const running = KubernetesInventoryFeed.create({
    transport,
    selection: { clusters: ['production', 'personal'] },
  }).run(sink, { signal: controller.signal });
  const source = sink.source('production');
  await sink.until(() => source.fullSyncs === 1);
  expect(source.items).toHaveLength(130);
  const lists = server.requests.filter(
    ({ verb, resource }) => verb === 'list' && resource === 'pods',
  );
  expect(lists).toHaveLength(2);
  while (server.openWatches < 4) {
    // Not in a tight loop: the backend needs the processor too.
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  server.apply(pod('new'));
  await sink.until(() => source.items.some(({ name }) => name === 'new'));
  server.delete({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'shop',
    name: 'new',
  });
  await sink.until(() => source.items.length === 130);
  expect(sink.reportOf('personal')).toMatchObject({
    state: 'down',
    reason: 'clusterNeedsUser',
  });
  await sink.until(() => sink.reportOf('production')?.state === 'ok');
  controller.abort();
  await running;
});

it('carries no credential of its own to the cluster and asks for no compression', async () => {
  await connect('production').read(
    { resource: 'pods' },
    { signal, maxBytes: 1_000_000 },
  );
  const request = server.requests.find(({ resource }) => resource === 'pods');
  expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(request?.headers['accept-encoding']).toBe('identity');
});

it.each([
  ['wrong-token', 'clusterRefused', 'Unauthorized'],
  ['away', 'clusterUnreachable', "Cluster 'away' request error"],
  ['nowhere', 'clusterUnreachable', "Cluster 'nowhere' not found"],
])('reports cluster %s as %s', async (name, reason, message) => {
  expect(await failure(name)).toEqual({
    reason,
    message: expect.stringContaining(message),
  });
});

it.each(['personal', 'single-sign-on'])(
  'reports the cluster %s that needs a user, even when asked directly',
  async name => {
    expect(await failure(name)).toMatchObject({ reason: 'clusterNeedsUser' });
  },
);

it('names the right the service account lacks', async () => {
  server.setForbidden('pods', true);
  expect(await failure('production')).toEqual({
    reason: 'clusterForbidden',
    message: 'list pods',
  });
  server.setForbidden('pods', false);
});

it('tells a resource the cluster does not know', async () => {
  server.setMissing('pods', true);
  expect(await failure('production')).toMatchObject({
    reason: 'resourceMissing',
  });
  server.setMissing('pods', false);
});
