import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createPublicKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  assemblePolicySet,
  parseExploitScores,
  parseKnownExploited,
  parsePolicyDocuments,
  REASON_CODES,
} from 'backstage-plugin-supply-chain-common';
import { parseAllDocuments } from 'yaml';
import { KubernetesObject } from './kubernetes';
import { digestOf, OCI_INDEX } from './registry';
import { FREE_SANDBOX_PORTS, Sandbox, startSandbox } from './startSandbox';
import {
  catalogFiles,
  SANDBOX_SERVICES,
  SANDBOX_UNLINKED,
  SandboxContainer,
} from './world';

const NOW = new Date('2026-11-23T12:00:00Z');
const DAY_MS = 86_400_000;

let sandbox: Sandbox;
let directory: string;

beforeAll(async () => {
  directory = join(mkdtempSync(join(tmpdir(), 'sandbox-test-')), 'world');
  sandbox = await startSandbox({
    ports: FREE_SANDBOX_PORTS,
    now: () => NOW,
    directory,
  });
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(join(directory, '..'), { recursive: true });
});

async function list(
  cluster: string,
  path: string,
): Promise<KubernetesObject[]> {
  const { url, token } = sandbox.clusters.find(({ name }) => name === cluster)!;
  const answer = await fetch(`${url}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return (await answer.json()).items;
}

const REPORTS = '/apis/aquasecurity.github.io/v1alpha1/vulnerabilityreports';

interface PodStatus {
  containerStatuses: Array<{ name: string; image: string; imageID: string }>;
  initContainerStatuses?: PodStatus['containerStatuses'];
}

function statusesOf(pod: KubernetesObject): PodStatus['containerStatuses'] {
  const status = pod.status as PodStatus;
  return [...(status.initContainerStatuses ?? []), ...status.containerStatuses];
}

async function allStatuses(): Promise<PodStatus['containerStatuses']> {
  const pods = await Promise.all(
    sandbox.clusters.map(({ name }) => list(name, '/api/v1/pods')),
  );
  return pods.flat().flatMap(statusesOf);
}

/** The manifest an imageID names, from the registry it names. */
function manifestOf(imageID: string) {
  const [, host, repository, digest] = /^([^/]+)\/(.+)@(sha256:.+)$/.exec(
    imageID,
  )!;
  const server = [sandbox.registry, sandbox.vendor].find(
    candidate => candidate.host === host,
  )!;
  return server.store.manifest(repository, digest)!;
}

const containers: Array<[string, SandboxContainer]> = SANDBOX_SERVICES.flatMap(
  ({ name, workloads }) =>
    workloads.flatMap(workload =>
      workload.containers.map((container): [string, SandboxContainer] => [
        name,
        container,
      ]),
    ),
);

describe('the table of services', () => {
  it('shows every state', () => {
    const signatures = containers.map(([, { expected }]) =>
      JSON.stringify(Object.values(expected.signature)),
    );
    expect([...new Set(signatures)].sort()).toEqual(
      [
        ['verified', 'exact'],
        ['verified', 'viaIndex'],
        ['verified', 'exact', 'contentTrust'],
        ['verified', 'exact', 'notation'],
        ['unsigned', 'noSignature'],
        ['unsigned', 'attestedOnly'],
        ['untrustedSigner', 'noMatchingKey'],
        ['untrustedSigner', 'identityMismatch'],
        ['invalid', 'payloadDigestMismatch'],
        ['unavailable', 'registryRefused'],
      ]
        .map(state => JSON.stringify(state))
        .sort(),
    );
    const provenance = containers.flatMap(([, { expected }]) =>
      expected.provenance
        ? [`${expected.provenance.status} ${expected.provenance.level}`]
        : [],
    );
    expect([...new Set(provenance)].sort()).toEqual([
      'claimed 1',
      'mismatch 0',
      'verified 2',
      'verified 3',
    ]);
    const reasons = new Set(
      containers.flatMap(([, { expected }]) => expected.reasons),
    );
    expect([...reasons]).toEqual(
      expect.arrayContaining([
        'fixableVulnerability',
        'fixableVulnerabilityInLeeway',
        'movingTag',
        'neverStarted',
        'notScanned',
        'scanOtherDigest',
        'scanStale',
        'scannerUnavailable',
      ]),
    );
    expect(
      new Set(containers.map(([, { expected }]) => expected.outcome)),
    ).toEqual(
      new Set(['pass', 'warn', 'fail', 'unknown', 'waived', 'notApplicable']),
    );
    expect(
      new Set(containers.map(([, { expected }]) => expected.vulnerabilities)),
    ).toEqual(
      new Set(['present', 'absent', 'stale', 'otherDigest', 'unavailable']),
    );
    expect(containers.some(([, { type }]) => type === 'init')).toBe(true);
    expect(
      containers.some(([, { image }]) => image.registry === 'vendor'),
    ).toBe(true);
    expect(
      containers.some(([, { image }]) =>
        image.signatures.some(({ form }) => form === 'sigTag'),
      ),
    ).toBe(true);
    expect(
      SANDBOX_SERVICES.some(({ workloads }) => workloads.length === 0),
    ).toBe(true);
    expect(
      SANDBOX_SERVICES.some(
        ({ workloads }) =>
          new Set(workloads.map(({ cluster }) => cluster)).size === 2,
      ),
    ).toBe(true);
    expect(SANDBOX_UNLINKED).toHaveLength(1);
  });

  it.each(SANDBOX_SERVICES.map(service => [service.name, service] as const))(
    '%s expects reasons exactly where it does not pass',
    (_name, service) => {
      for (const { containers: ofWorkload } of service.workloads) {
        for (const { expected } of ofWorkload) {
          expect(expected.reasons.length > 0).toBe(expected.outcome !== 'pass');
        }
      }
    },
  );

  it('names reasons of the closed table only', () => {
    for (const [, { expected }] of containers) {
      const { signature } = expected;
      const own = 'reason' in signature ? [signature.reason] : [];
      for (const reason of [...expected.reasons, ...own]) {
        expect(Object.keys(REASON_CODES)).toContain(reason);
      }
    }
  });

  it('gives names to be found under once', () => {
    const names = SANDBOX_SERVICES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('is the committed catalog', () => {
    const folder = resolve(__dirname, '../catalog');
    const files = catalogFiles();
    if (process.env.SANDBOX_WRITE_CATALOG) {
      mkdirSync(folder, { recursive: true });
      Object.entries(files).forEach(([name, text]) =>
        writeFileSync(join(folder, name), text),
      );
    }
    expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
      expect(
        parseAllDocuments(text).flatMap(
          document => (document as { errors: Error[] }).errors,
        ),
      ).toEqual([]);
    }
    expect(files['organization.yaml']).toContain(
      'memberOf:\n    - team-payments\n    - team-checkout',
    );
  });
});

describe('the files for the portal', () => {
  it('are there for the owner only, and lead to what runs', () => {
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const file = join(directory, 'sandbox.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      registryUrl: sandbox.registryUrl,
      vendorUrl: sandbox.vendorUrl,
      notaryUrl: sandbox.notaryUrl,
      clairAddress: sandbox.clairAddress,
      clusters: sandbox.clusters,
      controlUrl: sandbox.controlUrl,
      controlToken: sandbox.controlToken,
    });
    for (const name of ['cosign.pub', 'vendor.pub']) {
      const key = createPublicKey(readFileSync(join(directory, name), 'utf8'));
      expect(key.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    }
    const root = JSON.parse(
      readFileSync(join(directory, 'trusted_root.json'), 'utf8'),
    );
    for (const part of [...root.tlogs, ...root.ctlogs].map(
      log => log.publicKey,
    )) {
      expect(Date.parse(part.validFor.start)).toBeLessThan(Date.now());
    }
    expect(sandbox.trustFiles.every(existsSync)).toBe(true);
    expect(parseKnownExploited(readFileSync(sandbox.kevFile))).toMatchObject({
      ok: true,
      data: { version: 'sandbox' },
    });
    expect(
      parseExploitScores(readFileSync(sandbox.epssFile, 'utf8')),
    ).toMatchObject({ ok: true, data: { modelVersion: 'sandbox' } });
  });

  it('hold policies and trust roots that name each other and existing files', () => {
    const text = readFileSync(sandbox.policyFile, 'utf8');
    // L28: no aliases, no anchors.
    expect(text).not.toMatch(/[&*][A-Za-z]/);
    const documents = parseAllDocuments(text).map(
      document => (document as { toJS(): Record<string, any> }).toJS(), // any: parsed YAML, read field by field below
    );
    const named = (kind: string) =>
      documents
        .filter(document => document.kind === kind)
        .map(({ metadata }) => metadata.name);
    expect(named('TrustRoot')).toEqual([
      'acme-release-key',
      'acme-ci',
      'acme-builders',
      'acme-content-trust',
      'acme-notation',
      'vendor-release-key',
    ]);
    expect(named('SupplyChainPolicy')).toEqual([
      'default',
      'built-by-us',
      'third-party',
      'everywhere',
    ]);
    expect(named('Waiver')).toEqual(['thumbnails-unsigned']);
    const policy = documents.find(
      ({ metadata }) => metadata.name === 'default',
    )!;
    expect(policy.spec.rules.map(({ use }: { use: string }) => use)).toEqual([
      'image-signed',
      'not-content-trust-only',
      'registry-allowed',
      'digest-pinned',
      'scan-fresh',
      'no-fixable-vulnerability',
    ]);
    expect(policy.spec.ownImages).toEqual([`${sandbox.registry.host}/**`]);
    expect(policy.spec.match.entities).toEqual({ lifecycle: ['production'] });
  });
});

describe('the policy', () => {
  it('loads with the loader of the product', () => {
    const parsed = parsePolicyDocuments({
      text: readFileSync(sandbox.policyFile, 'utf8'),
      source: 'policy.yaml',
      fromUrl: false,
      readFile: path => ({
        ok: true,
        content: readFileSync(join(directory, path), 'utf8'),
      }),
    });
    expect(parsed).toMatchObject({ ok: true });
    const set = assemblePolicySet(parsed.ok ? parsed.documents : []);
    expect(set).toMatchObject({
      ok: true,
      policySet: {
        policies: Array(4).fill({}),
        trustRoots: Array(6).fill({}),
        waivers: [{ name: 'thumbnails-unsigned', source: 'git' }],
      },
    });
    expect(
      set.ok && set.policySet.trustRoots.flatMap(({ warnings }) => warnings),
    ).toEqual([]);
  });
});

describe('what runs', () => {
  it('reports digests the registries hold', async () => {
    const statuses = await allStatuses();
    const neverStarted = statuses.filter(({ imageID }) => imageID === '');
    expect(neverStarted.map(({ image }) => image)).toEqual([
      expect.stringContaining('edge/rate-limiter:1.3.0@'),
    ]);
    for (const { imageID } of statuses.filter(
      status => status.imageID !== '',
    )) {
      const { body, digest } = manifestOf(imageID);
      expect(digestOf(body)).toBe(digest);
    }
  });

  it('runs manifests of the indexes that three workloads name', async () => {
    const viaIndex = (await allStatuses())
      .map(({ image, imageID }) => ({
        imageID,
        pinned: /@(sha256:.+)$/.exec(image)?.[1],
      }))
      .filter(
        ({ imageID, pinned }) =>
          pinned !== undefined && imageID !== '' && !imageID.endsWith(pinned),
      );
    expect(viaIndex).toHaveLength(3);
    for (const { imageID, pinned } of viaIndex) {
      const [repository, digest] = imageID.split('@');
      const index = JSON.parse(
        manifestOf(`${repository}@${pinned}`).body.toString(),
      );
      expect(index.mediaType).toBe(OCI_INDEX);
      expect(
        index.manifests.map((entry: { platform: object }) => entry.platform),
      ).toEqual([
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm64', os: 'linux' },
        { architecture: 'unknown', os: 'unknown' },
      ]);
      expect(
        index.manifests.map((entry: { digest: string }) => entry.digest),
      ).toContain(digest);
    }
  });

  it('belongs to owners that exist, on nodes that exist', async () => {
    const paths = [
      '/apis/apps/v1/deployments',
      '/apis/apps/v1/replicasets',
      '/apis/apps/v1/statefulsets',
      '/apis/batch/v1/jobs',
      '/apis/batch/v1/cronjobs',
    ];
    for (const { name } of sandbox.clusters) {
      const owners = (
        await Promise.all(paths.map(path => list(name, path)))
      ).flat();
      const uids = new Set(owners.map(({ metadata }) => metadata.uid));
      const nodes = new Set(
        (await list(name, '/api/v1/nodes')).map(
          ({ metadata }) => metadata.name,
        ),
      );
      expect(nodes).toEqual(new Set([`${name}-amd64`, `${name}-arm64`]));
      const pods = await list(name, '/api/v1/pods');
      const reports = await list(name, REPORTS);
      for (const { metadata } of [...pods, ...reports]) {
        expect(uids).toContain(metadata.ownerReferences?.[0].uid);
      }
      for (const pod of pods) {
        expect(nodes).toContain((pod.spec as { nodeName: string }).nodeName);
      }
      expect(
        new Set(
          (await list(name, '/api/v1/namespaces')).map(
            ({ metadata }) => metadata.name,
          ),
        ),
      ).toEqual(
        new Set(['checkout', 'core', 'default', 'edge', 'kube-system']),
      );
    }
  });

  it('is scanned as the table says, with dates around the start', async () => {
    const reports = [
      ...(await list('prod-eu', REPORTS)),
      ...(await list('prod-us', REPORTS)),
    ];
    const scanned = containers.filter(([, { scan }]) => scan !== 'none');
    expect(reports).toHaveLength(scanned.length);
    const reportOf = (container: string, tag: string) =>
      reports
        .map(({ report }) => report as Record<string, any>) // any: the shape is what is being checked
        .find(
          ({ artifact }) =>
            artifact.repository.endsWith(`/${container}`) &&
            artifact.tag === tag,
        )!;
    const ageDays = (report: Record<string, any>) =>
      (NOW.getTime() - Date.parse(report.updateTimestamp)) / DAY_MS;
    expect(ageDays(reportOf('web', '1.4.0'))).toBeLessThan(1);
    expect(ageDays(reportOf('inventory', '7.1.0'))).toBe(9);
    expect(reportOf('payments', '2.3.0')).toMatchObject({
      summary: { criticalCount: 1, mediumCount: 1, lowCount: 1 },
      vulnerabilities: expect.arrayContaining([
        expect.objectContaining({
          severity: 'CRITICAL',
          fixedVersion: '2.12.6-r0',
        }),
      ]),
    });
    const young = reportOf('payments-ledger', '5.0.2').vulnerabilities[0];
    expect(Date.parse(young.publishedDate)).toBe(NOW.getTime() - 3 * DAY_MS);
    expect(
      sandbox.registry.store.manifest(
        'shop/pricing',
        reportOf('pricing', '3.2.1').artifact.digest,
      ),
    ).toBeUndefined();
  });

  it('is reported on by other enforcers as the table says', async () => {
    const path = '/apis/wgpolicyk8s.io/v1alpha2/policyreports';
    const kinds = new Map<string, string[]>();
    for (const { name } of sandbox.clusters) {
      const objects = [
        ...(await list(name, '/api/v1/pods')),
        ...(await list(name, '/apis/apps/v1/deployments')),
        ...(await list(name, '/apis/apps/v1/replicasets')),
      ];
      for (const report of await list(name, path)) {
        const [owner] = report.metadata.ownerReferences ?? [];
        const object = objects.find(
          ({ metadata }) => metadata.uid === owner.uid,
        );
        const scope = report.scope as { kind: string; name: string };
        expect(object?.metadata.name).toBe(scope.name);
        const [workload] = scope.name.split('-');
        kinds.set(workload, [...(kinds.get(workload) ?? []), scope.kind]);
      }
    }
    const planned = SANDBOX_SERVICES.filter(({ workloads }) =>
      workloads.some(({ otherEnforcers }) => otherEnforcers),
    );
    expect([...kinds.keys()].sort()).toEqual(
      planned.map(({ name }) => name).sort(),
    );
    expect(kinds.get('notifications')?.sort()).toEqual([
      'Deployment',
      'Pod',
      'Pod',
    ]);
    expect(kinds.get('payments')).toEqual(['ReplicaSet']);
  });

  it('loses the report on a pod with the pod', async () => {
    const [workload] = sandbox.world.workloads('notifications');
    const reports = async () =>
      (
        await list(
          workload.cluster,
          '/apis/wgpolicyk8s.io/v1alpha2/namespaces/edge/policyreports',
        )
      ).map(({ scope }) => (scope as { kind: string }).kind);
    workload.scale(1);
    expect((await reports()).sort()).toEqual(['Deployment', 'Pod']);
    workload.scale(2);
    expect(await reports()).toHaveLength(3);
  });

  it('writes reports with the fields of a real one', async () => {
    const folder =
      process.env.SUPPLY_CHAIN_VECTORS ??
      resolve(__dirname, '../../../../shared/fixtures');
    const file = join(folder, 'kubernetes/vulnerabilityreports.json');
    const [ours] = await list('prod-eu', REPORTS);
    const recorded = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8')).items[0]
      : ours;
    const shapeOf = (report: any) => [
      Object.keys(report.report).sort(),
      Object.keys(report.report.artifact).sort(),
      Object.keys(report.report.vulnerabilities[0]).sort(),
      Object.keys(report.metadata.ownerReferences[0]).sort(),
    ]; // any: compares keys only
    expect(shapeOf(ours)).toEqual(shapeOf(recorded));
  });

  it('refuses one repository, and keeps secrets to itself', async () => {
    const answer = await fetch(
      `${sandbox.registryUrl}/v2/shop/recommendations/manifests/1.1.0`,
    );
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([
      401,
      'Basic realm="sandbox"',
    ]);
    const { url, token } = sandbox.clusters[0];
    const secrets = await fetch(`${url}/api/v1/secrets`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(secrets.status).toBe(403);
    expect((await fetch(`${url}/api/v1/pods`)).status).toBe(401);
  });
});

describe('when a port is taken', () => {
  it('fails and leaves nothing behind', async () => {
    const taken = sandbox.registry.port;
    await expect(
      startSandbox({ ports: { ...FREE_SANDBOX_PORTS, control: taken } }),
    ).rejects.toThrow('EADDRINUSE');
  });
});
