import { KubernetesApiServer } from 'sandbox';
import { followForTest, MemoryFeedSink } from '../../testUtils';
import { followReports } from './followReports';

type Item = { uid: string; resourceVersion: string };

const RESOURCES = ['policyreports', 'clusterpolicyreports'] as const;

let server: KubernetesApiServer;
let sink: MemoryFeedSink<Item>;
let stop: () => Promise<void>;

const resources = () =>
  sink
    .source('production')
    .items.map(({ uid }) => uid.split('/')[0])
    .sort();
const health = () => sink.reportOf('production');
const stateOf = (part: number) => health()?.parts?.[part].state;

beforeEach(async () => {
  server = await KubernetesApiServer.start({
    objects: [
      {
        apiVersion: 'wgpolicyk8s.io/v1alpha2',
        kind: 'PolicyReport',
        metadata: { name: 'a', namespace: 'shop' },
      },
      {
        apiVersion: 'wgpolicyk8s.io/v1alpha2',
        kind: 'ClusterPolicyReport',
        metadata: { name: 'b' },
      },
    ],
  });
  sink = new MemoryFeedSink();
  stop = followForTest({
    create: ({ transport, timing }) => ({
      run: (given: MemoryFeedSink<Item>, { signal }) =>
        followReports<(typeof RESOURCES)[number], Item>({
          transport,
          timing,
          sink: given,
          signal,
          kind: 'enforcer',
          resources: RESOURCES,
          resumeKey: '1',
          parse: ({ metadata: { uid, resourceVersion } }) => ({
            kind: 'report',
            report: { uid, resourceVersion },
          }),
        }),
    }),
    sink,
    clusters: { production: server.url },
  });
  await sink.until(() => resources().length === 2 && stateOf(0) === 'ok');
});

afterEach(async () => {
  await stop();
  await server.stop();
});

/** The watch ends, and whatever asks for the resource from then on is answered so. */
function answer(body: string) {
  server.addFault({
    path: /\/policyreports\?/,
    fault: { kind: 'status', status: 404, body },
  });
  server.dropWatches('policyreports');
}
/** How often a look at the resource has failed. */
const looks = () =>
  server.requests.filter(
    ({ verb, resource, status }) =>
      verb === 'list' && resource === 'policyreports' && status === 404,
  ).length;

it.each([
  ['HTML', '<h1>Not Found</h1>', 'clusterUnreachable'],
  ['JSON', '{"message":"no route"}', 'clusterUnreachable'],
  // As routers written in Go say it, and the API server itself.
  ['plain text', '404 page not found\n', 'resourceMissing'],
])(
  'removes nothing for a 404 in %s of a resource the cluster serves',
  async (_, body, reason) => {
    answer(body);
    await sink.until(() => looks() > 5);
    expect(resources()).toEqual(['clusterpolicyreports', 'policyreports']);
    expect(health()).toMatchObject({ state: 'degraded', reason });
    server.clearFaults();
    await sink.until(() => health()?.state === 'ok');
    expect(resources()).toEqual(['clusterpolicyreports', 'policyreports']);
  },
);

it.each([
  ['a 404', { kind: 'status', status: 404, body: '404 page not found\n' }],
  ['a refusal', { kind: 'status', status: 403, body: '{"kind":"Status"}' }],
  ['HTML', { kind: 'html' }],
  ['no JSON', { kind: 'wrongBytes', body: '{' }],
  [
    'no groups',
    { kind: 'wrongBytes', body: '{"kind":"APIGroupList","groups":[]}' },
  ],
] as const)(
  'removes nothing when the cluster answers with %s what it serves',
  async (_, fault) => {
    server.addFault({ path: /^\/apis\?/, fault });
    server.setMissing('policyreports', true);
    server.dropWatches('policyreports');
    await sink.until(
      () => health()?.message?.includes('does not say what it serves') ?? false,
    );
    expect(resources()).toEqual(['clusterpolicyreports', 'policyreports']);
    expect(health()?.parts?.[0]).toMatchObject({
      state: 'down',
      reason: 'resourceMissing',
    });
    server.clearFaults();
    await sink.until(() => stateOf(0) === 'notInstalled');
    expect(resources()).toEqual(['clusterpolicyreports']);
  },
);

it('removes the reports of a group the cluster says it does not serve', async () => {
  server.setMissing('policyreports', true);
  server.setMissing('clusterpolicyreports', true);
  server.dropWatches();
  await sink.until(() => health()?.state === 'notInstalled');
  expect(resources()).toEqual([]);
  const asked = server.requests.findIndex(({ path }) => /^\/apis\?/.test(path));
  const before = server.requests
    .slice(0, asked)
    .filter(({ verb, status }) => verb === 'list' && status === 404);
  expect(before.length).toBeGreaterThanOrEqual(3);
});
