import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from 'backstage-plugin-supply-chain-common';
import { eventually, SandboxPortal } from '../__testUtils__/SandboxPortal';

jest.setTimeout(120_000);

let portal: SandboxPortal;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contents-'));
  const serviceAccountTokenFile = join(folder, 'token');
  portal = await SandboxPortal.start(({ clusters }) => ({
    clusters: clusters.map(({ name, url }) => ({
      name,
      url,
      serviceAccountTokenFile,
    })),
  }));
  const [{ token }] = portal.sandbox.clusters;
  await writeFile(serviceAccountTokenFile, `${token}\n`);
});

afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true });
});

async function pathOf(service: string): Promise<(rest?: string) => string> {
  const { images } = await eventually(
    () =>
      portal.get<schema.EntityReport>(`/entities/component/default/${service}`),
    report => report.images.some(({ digest }) => digest),
  );
  const { digest, repository } = images[0];
  const query = `repository=${encodeURIComponent(repository!)}`;
  return (rest = '') => `/images/${digest}${rest}?${query}`;
}

const contentsOf = async (
  service: string,
  status: schema.ImageContents['status'],
) => {
  const path = await pathOf(service);
  const { contents } = await eventually(
    () => portal.get<schema.ImageReport>(path()),
    report => report.contents?.status === status,
  );
  return contents;
};

it('lists what Trivy Operator says is in an image', async () => {
  expect(await contentsOf('web', 'present')).toMatchObject({
    format: 'CycloneDX',
    specVersion: '1.6',
    components: 29,
    tool: { name: 'Trivy', version: '0.65.0' },
  });
  const path = await pathOf('web');
  const page = await portal.get<schema.ImageComponentPage>(
    `${path('/components')}&search=openTelemetry&limit=10`,
  );
  expect(page.total).toBe(2);
  expect(page.items[0]).toEqual({
    group: '@opentelemetry',
    name: 'api',
    version: '1.9.0',
    type: 'library',
    licences: ['Apache-2.0'],
    purl: 'pkg:npm/%40opentelemetry/api@1.9.0',
  });
});

it('takes no SBOM of another digest for that of what runs', async () => {
  expect(await contentsOf('pricing', 'otherDigest')).toEqual({
    status: 'otherDigest',
    reason: 'sbomOtherDigest',
    message: expect.stringMatching(
      /^the report is on sha256:\w{64}, and the SBOM in it describes sha256:\w{64}$/,
    ),
  });
});

it('says where nobody reported one', async () => {
  expect(await contentsOf('payments', 'absent')).toEqual({
    status: 'absent',
    reason: 'sbomMissing',
  });
});

it('lists what a cluster itself is made of, where it is reported', async () => {
  const { contents } = await eventually(
    () => portal.get<schema.ClusterReport>('/clusters/prod-eu'),
    report => report.contents.sbom !== undefined,
  );
  expect(contents).toMatchObject({
    reads: [{ kind: 'ClusterSbomReport', state: 'ok' }],
    sbom: { name: 'k8s.io/kubernetes', version: '1.31.0', components: 20 },
  });
  const { total, items } = await portal.get<schema.ClusterComponentPage>(
    '/clusters/prod-eu/components?search=kubelet',
  );
  // One on each node.
  expect(total).toBe(2);
  expect(items[0]).toEqual({
    name: 'k8s.io/kubelet',
    version: '1.31.0',
    type: 'application',
    purl: 'pkg:k8s/k8s.io%2Fkubelet@1.31.0',
  });
  const other = await portal.get<schema.ClusterReport>('/clusters/prod-us');
  expect(other.contents.sbom).toBeUndefined();
});

it('has a source for each cluster', async () => {
  const { sources } = await eventually(
    () => portal.get<schema.SourceHealth>('/health/sources'),
    health =>
      health.sources.filter(
        ({ kind, state }) => kind === 'contents' && state === 'ok',
      ).length === 2,
  );
  const items = sources.flatMap(({ kind, name, items: count }) =>
    kind === 'contents' ? [[name, count]] : [],
  );
  expect(items).toEqual(
    expect.arrayContaining([
      // One of them is on the cluster itself.
      ['prod-eu', 4],
      ['prod-us', 1],
    ]),
  );
});
