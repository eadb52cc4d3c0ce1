import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from 'backstage-plugin-supply-chain-common';
import { KubernetesApiServer, Sandbox } from 'sandbox';
import { eventually, SandboxPortal } from '../__testUtils__/SandboxPortal';

// A portal without the Kubernetes plugin: clusters by their addresses, Clair and Trivy Operator push what is new. Rounds
// are so long that nothing but a push explains a change.
jest.setTimeout(120_000);

const TOKEN = 'a-token-of-thirty-two-characters';
const YEAR = new Date().getUTCFullYear();
const NEW_ONE = `CVE-${YEAR}-99077`;
const TRIVY = '/notifications/trivy-operator';

let portal: SandboxPortal;
let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pushed-'));
  const serviceAccountTokenFile = join(folder, 'token');
  portal = await SandboxPortal.start(({ clusters, clairAddress }) => {
    const { url, key, issuer } = clairAddress;
    return {
      clusters: clusters.map(cluster => ({
        name: cluster.name,
        url: cluster.url,
        serviceAccountTokenFile,
      })),
      clair: { url, psk: { key, issuer } },
      trivy: { webhook: { token: TOKEN } },
    };
  });
  ({ sandbox } = portal);
  await writeFile(serviceAccountTokenFile, `${sandbox.clusters[0].token}\n`);
  sandbox.clair.setWebhook(`${portal.url}/notifications/clair`);
});

afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true });
});

const get = <T>(path: string) => portal.get<T>(path);
const sources = () => get<schema.SourceHealth>('/health/sources');

/** The image of a service once Clair and Trivy have spoken. */
async function imageOf(name: string): Promise<schema.ImageRow> {
  const { images } = await eventually(
    () => get<schema.EntityReport>(`/entities/component/default/${name}`),
    report => report.images[0]?.vulnerabilities?.scanner === 'Clair, Trivy',
  );
  return images[0];
}

const idsOf = async ({ digest, repository }: schema.ImageRow) => {
  const query = `repository=${encodeURIComponent(repository!)}`;
  const { items } = await get<schema.VulnerabilityPage>(
    `/images/${digest}/vulnerabilities?${query}`,
  );
  return items.map(({ id }) => id);
};

it('reads clusters by their addresses, without the Kubernetes plugin', async () => {
  const health = await eventually(sources, ({ sources: all }) =>
    sandbox.clusters.every(({ name }) =>
      ['cluster', 'scanner'].every(kind =>
        all.some(
          each =>
            each.kind === kind && each.name === name && each.state === 'ok',
        ),
      ),
    ),
  );
  expect(health.sources.map(({ name }) => name)).not.toContain(
    '(list of clusters)',
  );
});

it('shows what Clair pushes without waiting for a round', async () => {
  const image = await imageOf('vouchers');
  expect(await idsOf(image)).not.toContain(NEW_ONE);
  const manifests = sandbox.clair.requests.flatMap(
    ({ path }) =>
      /vulnerability_report\/(sha256:[0-9a-f]{64})/.exec(path)?.[1] ?? [],
  );
  const digest = manifests.find(each => each === image.digest)!;
  sandbox.clair.put(digest, {
    packages: [{ name: 'zlib', version: '1.3.1-r0' }],
    advisories: [
      {
        id: NEW_ONE,
        source: 'zlib',
        description: 'made up',
        issued: new Date().toISOString(),
        fixedInVersion: '1.3.2-r0',
        cvss: {
          vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
          score: 9.8,
        },
      },
    ],
  });
  expect(await sandbox.clair.notify([digest])).toBe(200);
  await eventually(
    () => idsOf(image),
    ids => ids.includes(NEW_ONE),
    15_000,
  );
  await eventually(
    async () => sandbox.clair.notifications,
    open => open.length === 0,
    5_000,
  );
});

it('takes nothing of Clair that Clair did not sign', async () => {
  for (const authorization of ['', 'Bearer guessed', `Bearer ${TOKEN}`]) {
    const { status } = await portal
      .post('/notifications/clair')
      .set('Authorization', authorization)
      .send({ notification_id: '269886f3-0146-4f08-9bf7-cb1138d48643' });
    expect(status).toBe(401);
  }
});

describe('the operator', () => {
  const cluster = 'prod-eu' as const;
  const api = (): KubernetesApiServer => sandbox.world.cluster(cluster);
  const push = (message: object, name: string = cluster, token = TOKEN) =>
    portal
      .post(`${TRIVY}?cluster=${name}`)
      .set('Authorization', `Bearer ${token}`)
      .send(message);
  const reads = () =>
    api().requests.filter(
      ({ resource, verb }) =>
        resource === 'vulnerabilityreports' && verb !== 'watch',
    );
  const reports = () => api().list('vulnerabilityreports');

  it('has a report read again that it names, and is believed in nothing', async () => {
    await imageOf('vouchers');
    const [report] = reports();
    api().clearRequests();
    const forged = {
      ...report,
      report: { ...(report.report as object), vulnerabilities: [] },
    };
    expect((await push(forged)).status).toBe(202);
    await eventually(
      async () => reads(),
      all => all.length > 0,
      10_000,
    );
    expect(reads().map(({ verb, name }) => [verb, name])).toEqual([
      ['get', report.metadata.name],
    ]);
    const { total } = await get<schema.VulnerabilityOverview>(
      '/vulnerabilities?limit=1',
    );
    expect(total).toBeGreaterThan(0);
  });

  it('has the feed of checks read what is its own', async () => {
    const [report] = api().list('configauditreports');
    api().clearRequests();
    expect((await push(report)).body).toEqual({ status: 'accepted' });
    const asked = () =>
      api()
        .requests.filter(({ verb }) => verb === 'get')
        .map(({ resource, namespace, name }) => [resource, namespace, name]);
    await eventually(
      async () => asked(),
      all => all.length > 0,
      40_000,
    );
    const { namespace, name } = report.metadata;
    expect(asked()).toEqual([['configauditreports', namespace, name]]);
  });

  it.each<[string, object, string, string, number, string | undefined]>([
    ['a stranger', {}, cluster, 'x'.repeat(32), 401, undefined],
    [
      'a kind that is not read',
      { kind: 'Secret', apiVersion: 'v1' },
      cluster,
      TOKEN,
      202,
      'ignored',
    ],
    [
      'a cluster that is not read',
      {
        kind: 'VulnerabilityReport',
        apiVersion: 'aquasecurity.github.io/v1alpha1',
        metadata: { name: 'a', namespace: 'b' },
      },
      'elsewhere',
      TOKEN,
      202,
      'ignored',
    ],
  ])(
    'gets nowhere as or with %s',
    async (_, message, name, token, ...expected) => {
      const { status, body } = await push(message, name, token);
      expect([status, body.status]).toEqual(expected);
    },
  );

  it('starts again and sends 10,000 messages: the cluster sees a few requests', async () => {
    await imageOf('vouchers');
    const known = reports();
    api().clearRequests();
    const statuses = new Map<number, number>();
    const send = async (at: number) => {
      const object = known[at % known.length];
      const metadata =
        at % 2
          ? object.metadata
          : { ...object.metadata, name: `replayed-${at}` };
      const operatorObject = { ...object, metadata };
      const { status } = await push({ verb: 'update', operatorObject });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (let at = 0; at < 10_000; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, each) => send(at + each)),
      );
    }
    expect([...statuses]).toEqual([[202, 10_000]]);
    expect(reads().length).toBeGreaterThan(0);
    // At most fifty single objects at a time, and a list for any more.
    expect(reads().length).toBeLessThan(120);
    const state = (await sources()).sources.find(
      each => each.kind === 'scanner' && each.name === cluster,
    );
    expect(state?.state).toBe('ok');
  });
});
