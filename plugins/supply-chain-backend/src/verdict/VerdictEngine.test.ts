import { mockServices } from '@backstage/backend-test-utils';
import {
  Evidence,
  PolicySet,
  SupplyChainPolicy,
  TrustRoot,
  evaluatePolicies,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationBatch } from 'backstage-plugin-supply-chain-node/evaluation';
import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import { Knex } from 'knex';
import { AlertSender } from '../alerts/AlertSender';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseAlertStore } from '../database/DatabaseAlertStore';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseEvidenceStore } from '../database/DatabaseEvidenceStore';
import { DatabaseLeaseStore } from '../database/DatabaseLeaseStore';
import { createReportStore } from '../database/createReportStore';
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { DatabaseVerdictStore } from '../database/DatabaseVerdictStore';
import { DatabaseWaiverStore } from '../database/DatabaseWaiverStore';
import { forgetOld } from '../database/operations/retention/forgetOld';
import { evidenceHash } from '../evidence/settleLook';
import {
  SUBJECT,
  VERIFIED,
  digestOf,
  exampleEntity,
  exampleOrigin,
  examplePod,
  exampleProvenance,
  exampleReport,
  exampleSignature,
  unavailableSignature,
} from '../__testUtils__/examples';
import { MetricsVerdictTracker } from '../metrics/MetricsVerdictTracker';
import { observePods } from '../__testUtils__/observePods';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { VerdictEngine } from './VerdictEngine';
import { VerdictChange } from '../stores/VerdictStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** The clocks of test and database agree to some milliseconds. */
const soon = () => new Date(Date.now() + 200).toISOString();

// After the clock of any machine: what is due then is not due while the test runs.
const START = new Date('2100-05-01T12:00:00.000Z');
const TRUST = { release: 'sha256:1' };

const ROOT: TrustRoot = {
  name: 'release',
  spec: {
    type: 'keys',
    keys: [{ material: { content: 'key', source: 'inline' } }],
    transparencyLog: 'none',
    timestamps: 'none',
  },
  digest: 'sha256:1',
  warnings: [],
};

const POLICY: SupplyChainPolicy = {
  name: 'default',
  match: {},
  mode: 'audit',
  onUnknown: 'deny',
  platformImages: [],
  sourceRepositories: [],
  waivers: {},
  trust: { type: 'any', of: ['release'] },
  rules: [
    {
      use: 'image-signed',
      id: 'image-signed',
      severity: 'high',
      with: { allowViaIndex: true, allowFirstUse: false },
    },
  ],
  digest: 'sha256:policy',
};

const PROVENANCE_POLICY: SupplyChainPolicy = {
  ...POLICY,
  sourceRepositories: ['https://github.com/acme/web'],
  rules: [
    {
      use: 'built-from-own-repository',
      id: 'built-from-own-repository',
      severity: 'high',
      with: { hostAliases: {} },
    },
  ],
};

const SCAN_POLICY: SupplyChainPolicy = {
  ...POLICY,
  rules: [
    {
      use: 'no-fixable-vulnerability',
      id: 'no-fixable-vulnerability',
      severity: 'critical',
      with: { severity: 'critical', leewayDays: 10, since: 'firstFixable' },
    },
  ],
};

describe.each(databases.eachSupportedId())('VerdictEngine on %s', id => {
  let knex: Knex;
  let now: Date;
  let policySet: PolicySet;
  let changes: VerdictChange[];
  let saves: number;
  let metrics: MemoryMetrics;
  let tracker: MetricsVerdictTracker;
  let sent: { recipients: unknown; payload: { title: string } }[];

  const evaluate = async ({ items, ...policies }: EvaluationBatch) =>
    items.map(item => ({
      ...evaluatePolicies({ ...policies, ...item }),
      decided: true,
    }));

  const engineOf = (pool: { evaluate: typeof evaluate } = { evaluate }) =>
    VerdictEngine.create({
      store: DatabaseVerdictStore.create({ knex }),
      health: DatabaseSourceHealthStore.create({ knex }),
      pool,
      policySet: async () => policySet,
      waivers: DatabaseWaiverStore.create({ knex }),
      logger: mockServices.logger.mock(),
      tracker,
      onSaved: async saved => {
        saves += saved.changed ? 1 : 0;
        changes.push(...saved.changes);
      },
      now: () => now,
      pollIntervalMs: 5,
    });

  const isIdle = async () =>
    (
      await knex('verdict_work')
        .where('next_attempt_at', '<=', soon())
        .orWhereNotNull('lease_holder')
    ).length === 0;

  const runUntilIdle = async (engine = engineOf()) => {
    const stop = new AbortController();
    const running = engine.run(stop.signal);
    let turns = 0;
    while (!(await isIdle())) {
      turns += 1;
      if (turns > 3_000) {
        throw new Error('Expected the queue to become empty');
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    stop.abort();
    await running;
  };

  /** Stores what a look at the example image found. */
  const look = async (evidence: Evidence[]) => {
    const store = DatabaseEvidenceStore.create({ knex });
    await knex('work').update({ next_attempt_at: '2000-01-01T00:00:00.000Z' });
    for (const task of await store.take({ limit: 9, leaseMs: 60_000 })) {
      const found = evidence.map(each => ({ ...each, subject: task.subject }));
      await store.complete({
        task,
        written: found.map(each => ({
          stored: {
            evidence: each as Evidence,
            hash: evidenceHash(each as Evidence, TRUST),
            trust: TRUST,
          },
          changed: true,
        })),
        transitions: [],
        attempts: 0,
        nextLookMs: 3_600_000,
        now,
      });
    }
  };

  const sendAlerts = () =>
    AlertSender.create({
      store: DatabaseAlertStore.create({ knex }),
      notifications: {
        send: async options => {
          sent.push(options);
        },
      },
      logger: mockServices.logger.mock(),
    }).sendDue();

  const entity = () => knex('entity_summaries').first();
  const later = (hours: number) => {
    now = new Date(now.getTime() + hours * 3_600_000);
  };
  const signed = () => exampleSignature(now, { checks: [VERIFIED] });

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    now = START;
    policySet = {
      policies: [POLICY],
      trustRoots: [ROOT],
      waivers: [],
      digest: 'sha256:s',
    };
    changes = [];
    saves = 0;
    sent = [];
    metrics = new MemoryMetrics();
    tracker = MetricsVerdictTracker.create({ metrics });
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({ rows: [exampleEntity()], complete: true, now });
    await observePods({ knex, pods: [examplePod()], now });
  });

  it('cannot tell before anybody looked, and judges when somebody did', async () => {
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      entity_ref: 'component:default/web',
      outcome: 'unknown',
      reason: 'notCollectedYet',
    });
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'pass',
      signature_outcome: 'pass',
      signed_pass: 1,
      signed_applicable: 1,
      images: 1,
      clusters: '["east"]',
    });
    expect(await knex('verdicts')).toMatchObject([
      {
        entity_ref: 'component:default/web',
        policy_name: 'default',
        policy_digest: 'sha256:policy',
        outcome: 'pass',
        signature_status: 'verified',
        rule_outcomes: '44',
        counted_key: expect.stringContaining('@sha256:'),
      },
    ]);
    expect(changes.map(({ outcome }) => outcome)).toEqual(['unknown', 'pass']);
    expect(await knex('history').orderBy('id')).toMatchObject([
      { kind: 'firstSeen' },
      { kind: 'verdict', outcome: 'pass', previous_outcome: null },
      { kind: 'signature', status: 'verified' },
    ]);
  });

  it('counts verdicts by outcome, and tells batches it failed at from saved ones', async () => {
    const attributesOf = async (name: string) =>
      (await metrics.read(name)).map(({ attributes }) => attributes);
    await look([exampleOrigin(now), signed()]);
    const evaluateNothing = async () => {
      throw new Error('503');
    };
    await runUntilIdle(engineOf({ evaluate: evaluateNothing }));
    expect(await attributesOf('supply_chain.verdicts.evaluated')).toEqual([]);
    await knex('verdict_work').update({
      next_attempt_at: '2000-01-01T00:00:00.000Z',
    });
    await runUntilIdle();
    expect(await attributesOf('supply_chain.verdicts.evaluated')).toEqual([
      { outcome: 'pass' },
    ]);
    expect(await attributesOf('supply_chain.verdicts.batch.duration')).toEqual([
      { outcome: 'error' },
      { outcome: 'saved' },
    ]);
  });

  it('writes nothing when a verdict is the same', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    const summaries = await knex('image_summaries');
    const history = await knex('history');
    saves = 0;
    later(1);
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    expect(saves).toBe(0);
    expect(await knex('image_summaries')).toEqual(summaries);
    expect(await knex('history')).toEqual(history);
  });

  it('keeps in the history when an image is said to be made in another way', async () => {
    policySet = { ...policySet, policies: [PROVENANCE_POLICY] };
    const made = (name: string) =>
      exampleProvenance(now, {
        checks: [VERIFIED],
        repository: `https://github.com/acme/${name}`,
      });
    const entries = () =>
      knex('history').where({ kind: 'provenance' }).orderBy('id');
    await runUntilIdle();
    expect(await entries()).toEqual([]);
    for (const name of ['web', 'web', 'fork']) {
      later(1);
      await look([exampleOrigin(now), signed(), made(name)]);
      await runUntilIdle();
    }
    expect(await entries()).toMatchObject([
      {
        entity_ref: 'component:default/web',
        status: 'verified',
        previous_status: null,
        level: 1,
        source: 'https://github.com/acme/web',
      },
      {
        status: 'verified',
        previous_status: 'verified',
        level: 1,
        previous_level: 1,
        source: 'https://github.com/acme/fork',
        previous_source: 'https://github.com/acme/web',
      },
    ]);
    expect(await entity()).toMatchObject({
      provenance_outcome: 'fail',
      provenance_pass: 0,
      provenance_applicable: 1,
    });
  });

  it('names where the catalog entry lives as soon as it lives apart from the source (L24)', async () => {
    policySet = { ...policySet, policies: [PROVENANCE_POLICY] };
    const repository = 'https://github.com/acme/web';
    const elsewhere = { catalogLocation: 'https://github.com/acme/catalog' };
    const made = exampleProvenance(now, { checks: [VERIFIED], repository });
    await look([exampleOrigin(now), signed(), made]);
    const entryIn = async (catalog_location: string) => {
      await DatabaseCatalogStore.create({
        knex,
        linker: new CachedLinker(),
      }).apply({
        rows: [
          {
            ...exampleEntity(),
            source_location: repository,
            catalog_location,
            hash: catalog_location,
          },
        ],
        complete: true,
        now,
      });
      await runUntilIdle();
      const { judged } = await knex('image_summaries').first();
      const { provenance, verdicts } = JSON.parse(judged);
      return [provenance, verdicts[0].findings[0].facts];
    };
    for (const about of await entryIn(repository)) {
      expect(about).not.toHaveProperty('catalogLocation');
    }
    for (const about of await entryIn(elsewhere.catalogLocation)) {
      expect(about).toMatchObject(elsewhere);
    }
  });

  it('tells the owner once when a signature is lost', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    expect(await sendAlerts()).toBe(0);

    later(1);
    await look([exampleOrigin(now), exampleSignature(now)]);
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'fail',
      reason: 'noSignature',
      changed_at: now.toISOString(),
    });
    expect(await sendAlerts()).toBe(1);
    expect(sent).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: 'component:default/web' },
        payload: {
          title: 'component:default/web: image-signed fails',
          severity: 'high',
          scope: 'supply-chain:component:default/web:image-signed',
          link: `/supply-chain/images/sha256%3A${'a'.repeat(
            64,
          )}?repository=registry.acme.example%2Fshop%2Fweb`,
        },
      },
    ]);
    expect(await knex('history').where({ kind: 'service' })).toMatchObject([
      { outcome: 'fail', previous_outcome: 'pass', reason: 'noSignature' },
    ]);

    // Not again while it stays so, nor after nobody could tell for a while.
    for (const answer of [unavailableSignature(now), exampleSignature(now)]) {
      later(1);
      await look([exampleOrigin(now), answer]);
      await runUntilIdle();
    }
    expect(await entity()).toMatchObject({ outcome: 'fail' });
    expect(await sendAlerts()).toBe(0);
  });

  it('is silent about what the first look finds', async () => {
    await runUntilIdle();
    await look([exampleOrigin(now), exampleSignature(now)]);
    await runUntilIdle();
    expect(await entity()).toMatchObject({ outcome: 'fail' });
    expect(await sendAlerts()).toBe(0);
    expect(await knex('history').where({ kind: 'service' })).toEqual([]);
  });

  it('is silent while another cluster is read for the first time, and speaks from then on', async () => {
    await knex('source_health').insert({
      kind: 'cluster',
      name: 'west',
      state: 'starting',
    });
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    await look([exampleOrigin(now), exampleSignature(now)]);
    await runUntilIdle();
    expect(await entity()).toMatchObject({ outcome: 'fail' });
    expect(await sendAlerts()).toBe(0);

    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    await knex('source_health').update({
      state: 'ok',
      last_success_at: now.toISOString(),
    });
    await DatabaseVerdictStore.create({ knex }).settle(now);
    await look([exampleOrigin(now), exampleSignature(now)]);
    await runUntilIdle();
    expect(await sendAlerts()).toBe(1);
  });

  it('tells the owner of a new image that is not signed', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    const subject = { ...SUBJECT, digest: digestOf('b') };
    const pod = examplePod({ digest: subject.digest, resourceVersion: '2' });
    await observePods({ knex, pods: [pod], now });
    await runUntilIdle();
    expect(await sendAlerts()).toBe(0);
    expect(await knex('history').where({ kind: 'service' })).toEqual([]);
    await look([exampleOrigin(now), exampleSignature(now, { subject })]);
    await runUntilIdle();
    expect(await sendAlerts()).toBe(1);
    // That nobody had looked yet in between is no change of the service.
    expect(await knex('history').where({ kind: 'service' })).toMatchObject([
      { outcome: 'fail', previous_outcome: 'pass' },
    ]);
  });

  it('lets a changed trust root vouch only after another look', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    const root = { ...ROOT, digest: 'sha256:2' };
    policySet = { ...policySet, trustRoots: [root] };
    await DatabaseVerdictStore.create({ knex }).requestAll();
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'unknown',
      reason: 'notCollectedYet',
    });
  });

  it('keeps what no longer runs as last known', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    await knex.transaction(async transaction => {
      await transaction('pods').delete();
      await transaction('running_images').update({
        running: false,
        last_seen: now.toISOString(),
      });
    });
    await knex('verdict_work').delete();
    await knex('verdict_work').insert({
      running_image_id: (await knex('running_images').first()).id,
      next_attempt_at: '2000-01-01T00:00:00.000Z',
      ticket: 'x',
    });
    await runUntilIdle();
    const row = await entity();
    expect(Boolean(row.running)).toBe(false);
    expect(row.outcome).toBe('pass');
    expect(await knex('verdicts')).toMatchObject([
      { rule_outcomes: '44', counted_key: null },
    ]);

    await forgetOld({
      knex,
      now: new Date(),
      imagesBefore: '2200-01-01T00:00:00.000Z',
      historyBefore: '2000-01-01T00:00:00.000Z',
    });
    await runUntilIdle();
    expect(await entity()).toBeUndefined();
    for (const table of ['verdicts', 'image_summaries', 'evidence', 'work']) {
      expect(await knex(table)).toEqual([]);
    }
    expect((await knex('history')).length).toBeGreaterThan(0);
  });

  it('judges workloads of no entity, and again under the entity they get', async () => {
    const pod = examplePod({ uid: 'lonely', workload: 'lonely' });
    await observePods({ knex, pods: [pod], now });
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    const refs = () =>
      knex('image_summaries').orderBy('entity_ref').pluck('entity_ref');
    expect(await refs()).toEqual(['', 'component:default/web']);

    const rows = [exampleEntity(), exampleEntity('lonely')];
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({ rows, complete: true, now });
    await runUntilIdle();
    expect(await refs()).toEqual([
      'component:default/lonely',
      'component:default/web',
    ]);
  });

  it('judges by scans, and again when a time limit ends', async () => {
    policySet = { ...policySet, policies: [SCAN_POLICY] };
    await look([exampleOrigin(now), signed()]);
    const store = createReportStore({ knex, now: () => now });
    const lease = await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'trivy',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    });
    const withoutFix = exampleReport({
      scannedAt: '2100-05-01T00:00:00.000Z',
    });
    expect(await store.upsert(lease!, [withoutFix])).toBe(true);
    await runUntilIdle();
    expect(await entity()).toMatchObject({ outcome: 'pass' });

    later(24);
    const report = exampleReport({
      fixedVersion: '3.0.2',
      scannedAt: '2100-05-02T00:00:00.000Z',
      resourceVersion: '2',
    });
    expect(await store.upsert(lease!, [report])).toBe(true);
    expect(await store.upsert(lease!, [report])).toBe(false);
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'warn',
      reason: 'fixableVulnerabilityInLeeway',
      fixable_critical: 1,
    });
    // Before the time limit ends, the scan is too old to be told from.
    const [work] = await knex('verdict_work');
    expect(work.next_attempt_at).toBe('2100-05-04T00:00:00.000Z');

    now = new Date('2100-05-12T01:00:00.000Z');
    const rescan = exampleReport({
      fixedVersion: '3.0.2',
      scannedAt: '2100-05-12T00:00:00.000Z',
      resourceVersion: '3',
    });
    expect(await store.upsert(lease!, [rescan])).toBe(true);
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'fail',
      reason: 'fixableVulnerability',
    });

    // L6, L8: the operator deletes its report before it scans anew, and the last scan stands.
    const [{ finding_set: foundBefore }] = await knex('image_summaries');
    expect(foundBefore).not.toBeNull();
    expect(await store.remove(lease!, ['report-1'])).toBe(false);
    await DatabaseVerdictStore.create({ knex }).requestAll();
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'fail',
      reason: 'fixableVulnerability',
    });
    expect(await knex('image_summaries')).toMatchObject([
      { finding_set: foundBefore },
    ]);

    await store.dropSource('trivy', 'east');
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'unknown',
      reason: 'notScanned',
    });
    const health = DatabaseSourceHealthStore.create({ knex });
    await health.report('trivy', {
      kind: 'scanner',
      name: 'east',
      state: 'down',
      reason: 'clusterForbidden',
    });
    expect(await knex('verdict_work')).toHaveLength(0);
    await health.report('trivy', {
      kind: 'scanner',
      name: 'east',
      state: 'ok',
    });
    expect(await knex('verdict_work')).toHaveLength(1);
  });

  it('lets the last scan of a deleted report grow older (L8)', async () => {
    policySet = { ...policySet, policies: [SCAN_POLICY] };
    await look([exampleOrigin(now), signed()]);
    const store = createReportStore({ knex, now: () => now });
    const lease = await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'trivy',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    });
    await store.upsert(lease!, [
      exampleReport({ scannedAt: START.toISOString() }),
    ]);
    await store.remove(lease!, ['report-1']);
    await runUntilIdle();
    expect(await entity()).toMatchObject({ outcome: 'pass' });

    later(24 * 3);
    await DatabaseVerdictStore.create({ knex }).requestAll();
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'unknown',
      reason: 'scanStale',
    });
  });

  it('never evaluates at an instant before the last one (L26)', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle();
    now = new Date(START.getTime() - 3_600_000);
    await DatabaseVerdictStore.create({ knex }).requestAll();
    policySet = { ...policySet, policies: [{ ...POLICY, digest: 'sha256:b' }] };
    await runUntilIdle();
    expect(await knex('verdicts')).toMatchObject([
      { policy_digest: 'sha256:b', evaluated_at: START.toISOString() },
    ]);
    expect(await knex('source_health').where({ name: 'clock' })).toMatchObject([
      { state: 'degraded', reason: 'clockSuspect' },
    ]);
  });

  it('tries again what came to no end (L19)', async () => {
    await look([exampleOrigin(now), signed()]);
    await runUntilIdle(
      engineOf({
        evaluate: async batch =>
          (await evaluate(batch)).map(each => ({ ...each, decided: false })),
      }),
    );
    const [work] = await knex('verdict_work');
    expect(work.attempts).toBe(1);
    expect(work.next_attempt_at > new Date().toISOString()).toBe(true);
  });

  it('gives tasks back when evaluation fails, and judges without policies', async () => {
    policySet = { policies: [], trustRoots: [], waivers: [], digest: '' };
    await runUntilIdle(
      engineOf({
        evaluate: async () => {
          throw new Error('no worker');
        },
      }),
    );
    expect(await knex('verdict_work')).toMatchObject([{ lease_holder: null }]);
    await DatabaseVerdictStore.create({ knex }).requestAll();
    await runUntilIdle();
    expect(await entity()).toMatchObject({
      outcome: 'unknown',
      reason: 'noPolicy',
    });
  });

  it('does nothing twice with two engines, and sums up all images of an entity', async () => {
    const pods = Array.from({ length: 60 }, (_, index) =>
      examplePod({
        uid: `many-${index}`,
        workload: `w${index}`,
        labels: { 'backstage.io/kubernetes-id': 'web' },
        imageRef: `registry.acme.example/shop/w${index}:1`,
      }),
    );
    await observePods({ knex, pods, now });
    await Promise.all([runUntilIdle(), runUntilIdle()]);
    expect(changes).toHaveLength(61);
    expect(await entity()).toMatchObject({ images: 61, signed_unknown: 61 });
  });
});
