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
import { OPERATOR_RESOURCES } from './operatorReports';
import { TrivyChecksFeed } from './TrivyChecksFeed';

function recorded(file: string): KubernetesObject[] {
  const path = join(__dirname, '../__fixtures__', file);
  return JSON.parse(readFileSync(path, 'utf8')).items;
}
const configurations = recorded('configauditreports.json');
const secrets = recorded('exposedsecretreports.json');

function assessment(kind: string, about: string, name: string) {
  return {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind,
    metadata: {
      name: `${about}-${name}`.toLowerCase(),
      namespace: 'kube-system',
      labels: {
        'trivy-operator.resource.kind': about,
        'trivy-operator.resource.name': name,
      },
    },
    report: {
      checks: [{ checkID: 'KCV0001', severity: 'MEDIUM', success: false }],
      summary: { mediumCount: 1 },
    },
  } as KubernetesObject;
}
const infrastructure = assessment('InfraAssessmentReport', 'Pod', 'api-server');
const role = assessment('RbacAssessmentReport', 'Role', 'proxy');

/** A report on the cluster as a whole lies in no namespace. */
function onCluster({ metadata, ...rest }: KubernetesObject): KubernetesObject {
  const { namespace, ...named } = metadata;
  return { ...rest, metadata: named };
}
const SCAN = {
  updateTimestamp: '2026-11-23T08:00:00Z',
  artifact: { repository: 'kubernetes', tag: '1.31.0' },
  registry: { server: 'k8s.io' },
  vulnerabilities: null,
  summary: {},
};
const CONTROL = {
  id: '1.0',
  name: 'Non-root',
  checks: [{ id: 'AVD-KSV-0012' }],
};
const ofCluster = [
  onCluster(assessment('ClusterConfigAuditReport', 'Namespace', 'shop')),
  onCluster(assessment('ClusterRbacAssessmentReport', 'ClusterRole', 'view')),
  onCluster(assessment('ClusterInfraAssessmentReport', 'Node', 'one')),
  {
    apiVersion: 'aquasecurity.github.io/v1alpha1',
    kind: 'ClusterComplianceReport',
    metadata: { name: 'nsa' },
    spec: { compliance: { id: 'nsa', title: 'NSA', controls: [CONTROL] } },
  } as KubernetesObject,
  {
    ...onCluster(
      assessment('ClusterVulnerabilityReport', 'ClusterSbomReport', '584b'),
    ),
    report: SCAN,
  },
];
const ALL = 13;
const WATCHES = 9;

let server: KubernetesApiServer;
let sink: MemoryFeedSink<ObservedPolicyReport>;
let stop: () => Promise<void>;

beforeEach(async () => {
  const objects = [
    ...configurations,
    ...secrets,
    infrastructure,
    role,
    ...ofCluster,
  ];
  server = await KubernetesApiServer.start({ objects });
  sink = new MemoryFeedSink();
});

afterEach(async () => {
  await stop();
  await server.stop();
});

function start(namespaces?: string[]) {
  stop = followForTest({
    create: TrivyChecksFeed.create,
    sink,
    clusters: { production: server.url },
    namespaces,
  });
}

const source = () => sink.source('production');
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
const topics = () =>
  source()
    .items.flatMap(({ objects }) => objects)
    .map(({ evidence }) => evidence.detail?.topic)
    .sort();

it('reads every kind of report and follows changes and deletions', async () => {
  start();
  await items(ALL);
  await state('ok');
  expect(health()).toMatchObject({ kind: 'checks', name: 'production' });
  expect(topics()).toEqual([
    'configuration',
    'configuration',
    'configuration',
    'infrastructure',
    'rbac',
    'secrets',
    'secrets',
    'secrets',
  ]);
  const changed = structuredClone(role);
  changed.report = { checks: null, summary: { mediumCount: 0 } };
  server.apply(changed);
  const results = () =>
    source()
      .items.flatMap(({ objects }) => objects)
      .find(({ evidence }) => evidence.detail?.topic === 'rbac')?.evidence
      .detail?.results;
  await sink.until(() => results()?.length === 0);
  const { apiVersion, kind, metadata } = secrets[0];
  const { name, namespace } = metadata;
  server.delete({ apiVersion, kind, name, namespace });
  await items(ALL - 1);
});

it('reads what is reported on the cluster as a whole, and takes it for nothing in a namespace', async () => {
  start();
  await items(ALL);
  const told = source().items.flatMap(({ objects, cluster }) =>
    cluster ? [{ objects, cluster }] : [],
  );
  expect(told.map(({ cluster }) => cluster.kind).sort()).toEqual([
    'compliance',
    'policyReport',
    'policyReport',
    'policyReport',
    'vulnerabilities',
  ]);
  for (const { objects, cluster } of told) {
    expect(objects).toEqual([]);
    expect(cluster.subject).toMatchObject({
      type: 'cluster',
      cluster: 'production',
    });
  }
});

it('says of each kind of report how it can be read', async () => {
  server.setMissing('clustercompliancereports', true);
  server.setForbidden('clustervulnerabilityreports', true);
  start();
  await items(ALL - 2);
  const parts = () =>
    Object.fromEntries(
      (health()?.parts ?? []).map(part => [part.name, part.state]),
    );
  await sink.until(
    () =>
      parts().clustercompliancereports === 'notInstalled' &&
      parts().clusterrbacassessmentreports === 'ok' &&
      parts().clustervulnerabilityreports === 'down',
  );
  expect(health()?.parts).toContainEqual({
    name: 'clustervulnerabilityreports',
    state: 'down',
    reason: 'clusterForbidden',
    message: 'list clustervulnerabilityreports',
  });
});

it('hands on nothing of the lines secrets stand in', async () => {
  start();
  await items(ALL);
  const lines = secrets.flatMap(({ report }) =>
    (report as { secrets: { match: string }[] }).secrets.map(
      ({ match }) => match,
    ),
  );
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(JSON.stringify(source().items)).not.toContain(line);
  }
});

describe('a report that cannot be read', () => {
  const broken = structuredClone(secrets[0]);
  broken.report = { secrets: 'AKIA-of-somebody' };

  it('leaves what is stored and is named', async () => {
    start();
    await items(ALL);
    await state('ok');
    const before = topics();
    server.apply(broken);
    await state('degraded');
    const { namespace, name } = broken.metadata;
    expect(health()).toMatchObject({
      reason: 'malformedAnswer',
      message: `${namespace}/${name}: has no list of secrets`,
    });
    expect(topics()).toEqual(before);
    server.apply(secrets[0]);
    await state('ok');
  });

  it('keeps no other one from being read', async () => {
    server.apply(broken);
    start();
    await items(ALL - 1);
    await state('degraded');
    expect(JSON.stringify(health())).not.toContain('AKIA');
  });
});

it('takes a cluster without the operator for no error', async () => {
  OPERATOR_RESOURCES.forEach(resource => server.setMissing(resource, true));
  start();
  await state('notInstalled');
  expect(health()?.reason).toBeUndefined();
  OPERATOR_RESOURCES.forEach(resource => server.setMissing(resource, false));
  await items(ALL);
  await state('ok');
});

it('names the rights that are missing and reads the others', async () => {
  server.setForbidden('exposedsecretreports', true);
  start();
  await items(ALL - 3);
  await state('degraded');
  expect(health()).toMatchObject({
    reason: 'clusterForbidden',
    message: 'list exposedsecretreports',
  });
});

it('goes on where each watch left off', async () => {
  start();
  await items(ALL);
  await state('ok');
  await watches(WATCHES);
  await stop();
  const before = server.requests.length;
  start();
  await state('ok');
  await watches(WATCHES);
  const lists = server.requests
    .slice(before)
    .filter(({ verb, path }) => verb === 'list' && !/limit=1(&|$)/.test(path));
  expect(lists.map(({ path }) => path)).toEqual([]);
  expect(source().items).toHaveLength(ALL);
});

it('reads the namespaces it is limited to', async () => {
  start(['kube-system']);
  await items(2);
  expect(topics()).toEqual(['infrastructure', 'rbac']);
  expect(health()?.parts?.map(({ name }) => name)).toEqual([
    'configauditreports',
    'rbacassessmentreports',
    'infraassessmentreports',
    'exposedsecretreports',
  ]);
});

it('needs exactly the rights deploy/rbac.yaml grants for them', async () => {
  const file = join(__dirname, '../../../../deploy/rbac.yaml');
  const granted = grantedRights(readFileSync(file, 'utf8')).filter(
    right =>
      right.includes(' aquasecurity.github.io/') &&
      !/\/(?:vulnerability|(?:cluster)?sbom)reports$/.test(right),
  );
  start();
  await items(ALL);
  await watches(WATCHES);
  // A watch that has expired leads to a list of metadata, and what changed meanwhile is fetched by name.
  server.dropWatches();
  for (const object of [
    configurations[0],
    secrets[0],
    infrastructure,
    role,
    ...ofCluster,
  ]) {
    const changed = structuredClone(object);
    changed.report = { ...SCAN, checks: [], secrets: [] };
    server.apply(changed);
  }
  server.compact({ expireWatches: true });
  await sink.until(
    () => requestedRights(server.requests).length === 3 * WATCHES,
  );
  expect(requestedRights(server.requests)).toEqual(granted);
});
