import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  EvidenceCollector,
  InventoryFeed,
  ObservedObject,
  PolicyReportFeed,
  supplyChainEvidenceExtensionPoint,
  supplyChainInventoryExtensionPoint,
} from 'backstage-plugin-supply-chain-node';
import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import request from 'supertest';
import supplyChainPlugin from '..';
import {
  VERIFIED,
  digestOf,
  examplePod,
  exampleSignature,
} from '../__testUtils__/examples';

jest.setTimeout(60_000);

const documents = () => `
apiVersion: supply-chain/v1
kind: TrustRoot
metadata: { name: release }
spec:
  keys: [{ inline: ${JSON.stringify(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      type: 'spki',
      format: 'pem',
    }),
  )} }]
  transparencyLog: none
---
apiVersion: supply-chain/v1
kind: SupplyChainPolicy
metadata: { name: default }
spec:
  trust: [release]
  rules: [{ use: image-signed }]
`;

const feed: InventoryFeed = {
  id: 'example',
  async run(sink, { signal }) {
    await sink.setSources(['east']);
    await sink.report({ kind: 'cluster', name: 'east', state: 'ok' });
    await sink.whileHolding({ source: 'east', signal }, async held => {
      await held.writer.beginFullSync();
      await held.writer.upsert([examplePod()]);
      await held.writer.completeFullSync({ resourceVersion: '1' });
      await new Promise(resolve =>
        held.signal.addEventListener('abort', resolve),
      );
    });
  },
};

function violation(kind: string, name: string, uid: string): ObservedObject {
  const observedAt = '2026-05-01T00:00:00.000Z';
  return {
    uid,
    evidence: {
      subject: {
        type: 'workload',
        cluster: 'east',
        namespace: 'shop',
        kind,
        name,
      },
      collector: 'enforcer',
      kind: 'policyReport',
      status: 'present',
      observedAt,
      detail: {
        results: [{ policy: 'no-latest', result: 'fail', observedAt }],
        leftOut: [],
      },
    },
  };
}

const reports: PolicyReportFeed = {
  id: 'enforcer',
  async run(sink, { signal }) {
    await sink.setSources(['east']);
    await sink.report({ kind: 'enforcer', name: 'east', state: 'ok' });
    await sink.whileHolding({ source: 'east', signal }, async held => {
      await held.writer.beginFullSync();
      await held.writer.upsert([
        {
          uid: 'report-1',
          resourceVersion: '1',
          objects: [
            violation('Pod', 'web-pod-1', 'pod-1'),
            violation('ReplicaSet', 'web-1', 'rs-1'),
            violation('Deployment', 'another', 'd-1'),
          ],
        },
      ]);
      await held.writer.completeFullSync({ resourceVersion: '1' });
      await new Promise(resolve =>
        held.signal.addEventListener('abort', resolve),
      );
    });
  },
};

const checks: PolicyReportFeed = {
  id: 'checks',
  sourceKind: 'checks',
  async run(sink, { signal }) {
    await sink.setSources(['east']);
    await sink.report({ kind: 'checks', name: 'east', state: 'ok' });
    await sink.whileHolding({ source: 'east', signal }, async held => {
      const { evidence, uid } = violation('ReplicaSet', 'web-1', 'rs-1');
      const detail = { ...evidence.detail!, topic: 'secrets' as const };
      const objects = [{ uid, evidence: { ...evidence, detail } }];
      await held.writer.beginFullSync();
      await held.writer.upsert([
        { uid: 'checks-1', resourceVersion: '1', objects },
      ]);
      await held.writer.completeFullSync({ resourceVersion: '1' });
      await new Promise(resolve =>
        held.signal.addEventListener('abort', resolve),
      );
    });
  },
};

const collector: EvidenceCollector = {
  id: 'sigstore',
  kinds: ['signature'],
  collect: async (subject, { now }) => [
    exampleSignature(now, { subject, checks: [VERIFIED] }),
  ],
};

const moduleExample = createBackendModule({
  pluginId: 'supply-chain',
  moduleId: 'example',
  register(reg) {
    reg.registerInit({
      deps: {
        inventory: supplyChainInventoryExtensionPoint,
        evidence: supplyChainEvidenceExtensionPoint,
      },
      async init({ inventory, evidence }) {
        inventory.addInventoryFeed(feed);
        evidence.addCollector(collector);
        evidence.addPolicyReportFeed(reports, checks);
      },
    });
  },
});

describe('the plugin', () => {
  let folder: string;
  let metrics: MemoryMetrics;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policies-'));
    metrics = new MemoryMetrics();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  /** A portal whose only entity claims the pod of the example feed. */
  const start = async (options: {
    limits?: object;
    publish?: jest.Mock;
    /** What its annotation names besides. */
    images?: string;
  }) => {
    const {
      limits,
      publish = jest.fn(async () => undefined),
      images,
    } = options;
    const file = join(folder, 'policy.yaml');
    await writeFile(file, documents());
    const { server } = await startTestBackend({
      features: [
        supplyChainPlugin,
        moduleExample,
        mockServices.rootConfig.factory({
          data: {
            supplyChain: {
              policies: [{ file }],
              // Nothing leaves the machine: the facts of the registry stay unknown.
              registryAllowList: ['nowhere.acme.example'],
              ...limits,
            },
          },
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'web',
                annotations: {
                  'backstage.io/kubernetes-id': 'web',
                  ...(images && { 'supply-chain/images': images }),
                },
              },
              spec: { type: 'service', lifecycle: 'production', owner: 'team' },
            },
          ],
        }),
        mockServices.events.factory(),
        mockSignals(publish),
        createServiceFactory({
          service: metricsServiceRef,
          deps: {},
          factory: () => metrics,
        }),
      ],
    });
    return server;
  };

  it('leads a pod to a verdict on the page of its service', async () => {
    const publish = jest.fn(async () => undefined);
    const server = await start({ publish });
    const path = '/api/supply-chain/entities/component/default/web';
    let body: { outcome?: string; pending?: number } = {};
    for (let turn = 0; turn < 400 && body.outcome !== 'pass'; turn += 1) {
      body = (await request(server).get(path)).body;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    expect(body).toMatchObject({
      entityRef: 'component:default/web',
      state: 'running',
      outcome: 'pass',
      clusters: ['east'],
      images: [{ signature: { status: 'verified', trustRoot: 'release' } }],
    });
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'supply-chain',
      message: { type: 'changed' },
    });
    const looks = await metrics.read('supply_chain.looks.duration');
    expect(looks[0].attributes.outcome).toBe('complete');
    expect(looks[0].value).toBeGreaterThan(0);
    const [signed] = (await metrics.read('supply_chain.images')).filter(
      ({ attributes: { question, outcome } }) =>
        question === 'signature' && outcome === 'pass',
    );
    expect(signed.value).toBe(1);
  });

  it('shows what another enforcer and a scanner report beside a verdict they do not change', async () => {
    const server = await start({});
    const path = '/api/supply-chain/entities/component/default/web';
    let body: {
      outcome?: string;
      otherEnforcers?: object;
      clusterChecks?: object;
    } = {};
    const isDone = () =>
      body.outcome === 'pass' && body.otherEnforcers && body.clusterChecks;
    for (let turn = 0; turn < 400 && !isDone(); turn += 1) {
      body = (await request(server).get(path)).body;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    expect(body).toMatchObject({
      outcome: 'pass',
      counts: { pass: 1, fail: 0 },
      otherEnforcers: {
        total: 1,
        counts: { fail: 1 },
        results: [
          {
            policy: 'no-latest',
            result: 'fail',
            workload: { kind: 'Deployment', name: 'web' },
          },
        ],
      },
      clusterChecks: {
        groups: [{ topic: 'secrets', counts: { fail: 1 } }],
        missingPermissions: [],
      },
    });
    const { sources } = (
      await request(server).get('/api/supply-chain/health/sources')
    ).body;
    expect(sources).toContainEqual(
      expect.objectContaining({
        kind: 'enforcer',
        name: 'east',
        feed: 'enforcer',
        state: 'ok',
        items: 1,
      }),
    );
    expect(sources).toContainEqual(
      expect.objectContaining({ kind: 'checks', name: 'east', items: 1 }),
    );
  });

  it('verifies what an annotation names, and says why it cannot', async () => {
    const pinned = `quay.io/acme/cli@${digestOf('b')}`;
    const server = await start({ images: `${pinned}, quay.io/acme/cli:1` });
    const path = '/api/supply-chain/entities/component/default/web';
    type Row = { annotation?: object; outcome: string; reason?: string };
    const named = (rows: Row[] = []) => rows.filter(row => row.annotation);
    const isDone = (rows: Row[]) =>
      rows.some(row => row.outcome === 'pass') &&
      rows.some(row => row.reason === 'registryNotAllowed');
    let body: { images?: Row[] } = {};
    for (let turn = 0; turn < 400 && !isDone(named(body.images)); turn += 1) {
      body = (await request(server).get(path)).body;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    expect(body).toMatchObject({ state: 'running', counts: { pass: 1 } });
    expect(named(body.images)).toMatchObject([
      {
        imageRef: 'quay.io/acme/cli:1',
        outcome: 'unknown',
        reason: 'registryNotAllowed',
      },
      {
        imageRef: pinned,
        outcome: 'pass',
        counted: false,
        placements: [],
        signature: { status: 'verified', trustRoot: 'release' },
      },
    ]);
  });

  it('shows a pod to no entity that may not claim its namespace, but lists it (L31)', async () => {
    const server = await start({
      limits: {
        namespaceClaims: [
          { namespaces: ['shop'], entities: { owner: ['another-team'] } },
        ],
      },
    });
    let total = 0;
    for (let turn = 0; turn < 400 && total === 0; turn += 1) {
      const { body } = await request(server).get('/api/supply-chain/unlinked');
      total = body.total;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    expect(total).toBe(1);
    const { body } = await request(server).get(
      '/api/supply-chain/entities/component/default/web',
    );
    expect(body).toMatchObject({ state: 'neverSeen', images: [] });
  });
});

function mockSignals(publish: jest.Mock) {
  return createServiceFactory({
    service: signalsServiceRef,
    deps: {},
    factory: () => ({ publish }),
  });
}
