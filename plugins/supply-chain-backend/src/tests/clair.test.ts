import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schema } from 'backstage-plugin-supply-chain-common';
import { Sandbox, SANDBOX_SERVICES } from 'sandbox';
import { eventually, SandboxPortal } from '../__testUtils__/SandboxPortal';

// The world of the sandbox with its clusters, registries and Clair, each asked over HTTP by what asks the real ones.
jest.setTimeout(120_000);

const POLICY = `
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: scanned }
spec:
  rules: [{ use: scan-fresh }]
`;

const YEAR = new Date().getUTCFullYear();
/** Trivy: medium. Clair: high. */
const DISPUTED = `CVE-${YEAR}-99002`;
const CLAIR_ONLY = `CVE-${YEAR}-99003`;

let portal: SandboxPortal;
let sandbox: Sandbox;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clair-'));
  const file = join(folder, 'policy.yaml');
  await writeFile(file, POLICY);
  portal = await SandboxPortal.start(({ clusters, clairAddress }) => {
    const { url, key, issuer } = clairAddress;
    return {
      policies: [{ file }],
      clusters: clusters.map(({ name, token, url: server }) => ({
        name,
        url: server,
        serviceAccountToken: token,
      })),
      clair: {
        url,
        psk: { key, issuer },
        refreshInterval: { seconds: 3 },
      },
    };
  });
  ({ sandbox } = portal);
});

afterAll(async () => {
  await portal.stop();
  await rm(folder, { recursive: true });
});

const get = <T>(path: string) => portal.get<T>(path);
const entity = (name: string) =>
  get<schema.EntityReport>(`/entities/component/default/${name}`);

/** The one image of a service when its scan is what is waited for. */
async function imageOf(
  name: string,
  holds: (summary: schema.VulnerabilitySummary) => boolean,
): Promise<schema.ImageRow> {
  const { images } = await eventually(
    () => entity(name),
    report =>
      report.pending === 0 &&
      report.images[0]?.vulnerabilities !== undefined &&
      holds(report.images[0].vulnerabilities),
  );
  return images[0];
}

const byBoth = () =>
  imageOf('vouchers', ({ scanner }) => scanner === 'Clair, Trivy');

const pathOf = ({ digest, repository }: schema.ImageRow, part = '') =>
  `/images/${digest}${part}?repository=${encodeURIComponent(repository!)}`;

describe('an image that Trivy and Clair have scanned', () => {
  it('has one row for what both found, with what each says, at its worst', async () => {
    const image = await byBoth();
    const { total, items } = await get<schema.VulnerabilityPage>(
      pathOf(image, '/vulnerabilities'),
    );
    expect(total).toBe(4);
    const said = items.map(({ id, severity, sources }) => [
      id,
      severity,
      sources.map(source => `${source.scanner}: ${source.severity}`),
    ]);
    expect(said).toEqual([
      [DISPUTED, 'high', ['Clair: high', 'Trivy: medium']],
      ['CVE-2023-42366', 'medium', ['Trivy: medium']],
      ['CVE-2016-2781', 'low', ['Trivy: low']],
      [CLAIR_ONLY, 'low', ['Clair: low']],
    ]);
    expect(items[0]).toMatchObject({
      packageName: 'libcrypto3',
      installedVersion: '3.3.1-r0',
      fixedVersion: '3.3.1-r3',
    });
  });

  it('has the same counts wherever they stand', async () => {
    const image = await byBoth();
    const [container] = SANDBOX_SERVICES.find(
      ({ name }) => name === 'vouchers',
    )!.workloads[0].containers;
    const expected = container.expected.severities!;
    const report = await get<schema.ImageReport>(pathOf(image));
    for (const { counts } of [
      image.vulnerabilities!,
      report.vulnerabilities!,
    ]) {
      expect(counts).toMatchObject({ critical: 0, ...expected });
    }
    expect(report.vulnerabilities).toEqual(image.vulnerabilities);
    for (const severity of ['critical', 'high', 'medium', 'low'] as const) {
      const { total } = await get<schema.VulnerabilityPage>(
        `${pathOf(image, '/vulnerabilities')}&severity=${severity}`,
      );
      expect([severity, total]).toEqual([severity, expected[severity] ?? 0]);
    }
    const { total } = await get<schema.VulnerabilityPage>(
      `${pathOf(image, '/vulnerabilities')}&fixable=true`,
    );
    expect(total).toBe(image.vulnerabilities!.fixable);
  });

  it('is found by what either says, and told of in the same words', async () => {
    const image = await byBoth();
    const { items } = await get<schema.VulnerabilityPage>(
      pathOf(image, '/vulnerabilities'),
    );
    for (const row of items) {
      const list = await get<schema.VulnerabilityOverview>(
        `/vulnerabilities?search=${row.id}`,
      );
      const one = await get<schema.VulnerabilityReport>(
        `/vulnerabilities/${row.id}?limit=100`,
      );
      expect(list.items).toHaveLength(1);
      expect(list.items[0]).toMatchObject({
        id: row.id,
        severity: row.severity,
        images: one.images,
        services: one.services,
      });
      const place = one.items.find(({ digest }) => digest === image.digest)!;
      expect(place).toMatchObject({
        entityRef: 'component:default/vouchers',
        severity: row.severity,
      });
      expect(place.sources).toMatchObject(
        row.sources.map(({ scanner, severity }) => ({ scanner, severity })),
      );
    }
    const bySeverity = await get<schema.VulnerabilityOverview>(
      '/vulnerabilities?severity=high',
    );
    const disputed = bySeverity.items.filter(({ id }) => id === DISPUTED);
    // The other is an older `shipping`, which Trivy alone has scanned.
    expect(disputed).toMatchObject([{ images: 2, services: 2 }]);
  });

  it('was fetched by Clair from where the registry has it', async () => {
    const { digest } = await byBoth();
    const manifest = sandbox.registry.store.manifest('shop/vouchers', digest!)!;
    const layers: { digest: string }[] = JSON.parse(
      String(manifest.body),
    ).layers;
    const fetched = sandbox.registry.requests.filter(
      ({ headers }) => headers.range === undefined,
    );
    for (const layer of layers) {
      expect(fetched.map(({ path }) => path)).toContain(
        `/v2/shop/vouchers/blobs/${layer.digest}`,
      );
    }
  });
});

describe('an image that Clair has not finished', () => {
  const unavailable = () =>
    imageOf('mailer', ({ status }) => status === 'unavailable');

  it('never reads as clean', async () => {
    const image = await unavailable();
    expect(image.outcome).toBe('unknown');
    expect(image.reason).toBe('scannerUnavailable');
    expect(image.vulnerabilities).not.toHaveProperty('counts');
    const { vulnerabilities } = await get<schema.ImageReport>(pathOf(image));
    expect(vulnerabilities).toEqual(image.vulnerabilities);
    const { unscanned } = await get<schema.VulnerabilityOverview>(
      '/vulnerabilities?limit=1',
    );
    expect(unscanned).toBeGreaterThan(0);
  });

  it('is told of on the page of sources without its name, and on no page of others', async () => {
    await unavailable();
    const { sources } = await eventually(
      () => get<schema.SourceHealth>('/health/sources'),
      health =>
        health.sources.some(
          ({ name, state }) => name === 'Clair v4' && state === 'degraded',
        ),
    );
    const clair = sources.find(({ name }) => name === 'Clair v4')!;
    expect(clair).toMatchObject({ kind: 'scanner', feed: 'clair' });
    expect(clair.message).toMatch(/^2 of \d+ images could not be scanned$/);
    expect((await entity('vouchers')).sources).toEqual([]);
  });
});

describe('when Clair is down', () => {
  it('keeps what it said with its age, and says on every page that it is down', async () => {
    const before = await byBoth();
    await sandbox.clair.suspend();
    const report = await eventually(
      () => entity('vouchers'),
      ({ sources }) => sources.some(({ state }) => state === 'down'),
    );
    expect(report.sources).toEqual([
      {
        kind: 'scanner',
        name: 'Clair v4',
        state: 'down',
        reason: 'scannerUnavailable',
        lastSuccessAt: expect.any(String),
      },
    ]);
    const [image] = report.images;
    expect(image.outcome).toBe('pass');
    expect(image.vulnerabilities).toMatchObject({
      status: 'present',
      scanner: 'Clair, Trivy',
      counts: before.vulnerabilities!.counts,
    });
    const { items } = await get<schema.VulnerabilityPage>(
      pathOf(image, '/vulnerabilities'),
    );
    expect(items[0].sources).toMatchObject([
      { scanner: 'Clair', scannedAt: expect.stringMatching(/^\d{4}-/) },
      { scanner: 'Trivy' },
    ]);
    // Trivy's scan is of something else: what Clair would say of this one is not known.
    const {
      images: [pricing],
    } = await eventually(
      () => entity('pricing'),
      ({ images }) => images[0]?.reason === 'scannerUnavailable',
    );
    expect(pricing).toMatchObject({
      outcome: 'unknown',
      reason: 'scannerUnavailable',
    });
  });
});
