import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  evaluatePolicies,
  Evidence,
} from 'backstage-plugin-supply-chain-common';
import { EvaluationBatch } from 'backstage-plugin-supply-chain-node/evaluation';
import { Knex } from 'knex';
import {
  digestOf,
  exampleEntity,
  exampleOrigin,
  examplePod,
  exampleReport,
  exampleSignature,
  REPOSITORY,
  VERIFIED,
} from '../__testUtils__/examples';
import { observePods } from '../__testUtils__/observePods';
import { SIGNED_POLICY_SET } from '../__testUtils__/signedPolicySet';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseEvidenceStore } from '../database/DatabaseEvidenceStore';
import { DatabaseLeaseStore } from '../database/DatabaseLeaseStore';
import { DatabaseReferenceStore } from '../database/DatabaseReferenceStore';
import { createReportStore } from '../database/createReportStore';
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { DatabaseVerdictStore } from '../database/DatabaseVerdictStore';
import { EntityRow } from '../database/tables';
import { evidenceHash } from '../evidence/settleLook';
import { VerdictEngine } from '../verdict/VerdictEngine';
import { AnnotatedImageRules } from './AnnotatedImageRules';
import { ReferenceResolver } from './ReferenceResolver';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2100-05-01T12:00:00.000Z');
const TRUST = { release: 'sha256:1' };
const PUBLIC = 'quay.io/acme/web';

const OWN_REGISTRY = { registries: [{ host: 'registry.acme.example' }] };

function naming(images: string, name = 'cli'): EntityRow {
  return {
    ...exampleEntity(name),
    annotations: JSON.stringify({ 'supply-chain/images': images }),
    hash: images,
  };
}

describe.each(databases.eachSupportedId())('ReferenceResolver on %s', id => {
  let knex: Knex;
  let now: Date;
  let tags: Record<string, string>;
  let asked: string[];
  let changes: number;

  const resolverOf = (supplyChain: object = OWN_REGISTRY) =>
    ReferenceResolver.create({
      store: DatabaseReferenceStore.create({ knex }),
      registry: {
        resolveTag: async ({ repository, tag }) => {
          const key = `${repository}:${tag}`;
          asked.push(key);
          return (
            tags[key]
              ? { ok: true, value: { digest: tags[key] } }
              : {
                  ok: false,
                  kind: 'transient',
                  reason: 'registryUnavailable',
                  detail: '',
                }
          ) as never;
        },
      },
      rules: AnnotatedImageRules.fromConfig(
        new ConfigReader({ supplyChain } as never),
      ),
      logger: mockServices.logger.mock(),
      onChanged: () => {
        changes += 1;
      },
      now: () => now,
      intervalMs: 6 * 3_600_000,
    });

  const resolveDue = (resolver = resolverOf()) =>
    resolver.resolveDue(new AbortController().signal);

  const catalog = (...rows: EntityRow[]) =>
    DatabaseCatalogStore.create({ knex, linker: new CachedLinker() }).apply({
      rows,
      complete: true,
      now,
    });

  const named = () =>
    knex('running_images').where({ annotated: true }).orderBy('image_ref');

  const makeDue = () =>
    knex('reference_work').update({
      next_attempt_at: '2000-01-01T00:00:00.000Z',
    });

  /** Stores what a look at each subject found. */
  const look = async (...evidence: Evidence[]) => {
    const store = DatabaseEvidenceStore.create({ knex });
    const tasks = await store.take({ limit: 9, leaseMs: 60_000 });
    for (const task of tasks) {
      await store.complete({
        task,
        written: evidence.map(each => {
          const found = { ...each, subject: task.subject } as Evidence;
          const hash = evidenceHash(found, TRUST);
          return {
            stored: { evidence: found, hash, trust: TRUST },
            changed: true,
          };
        }),
        transitions: [],
        attempts: 0,
        nextLookMs: 3_600_000,
        now,
      });
    }
    return tasks;
  };

  const judge = async () => {
    const engine = VerdictEngine.create({
      store: DatabaseVerdictStore.create({ knex }),
      health: DatabaseSourceHealthStore.create({ knex }),
      pool: {
        evaluate: async ({ items, ...policies }: EvaluationBatch) =>
          items.map(item => ({
            ...evaluatePolicies({ ...policies, ...item }),
            decided: true,
          })),
      },
      policySet: async () => SIGNED_POLICY_SET,
      waivers: { inForce: async () => [] },
      logger: mockServices.logger.mock(),
      onSaved: async () => undefined,
      now: () => now,
      pollIntervalMs: 5,
    });
    const stop = new AbortController();
    const running = engine.run(stop.signal);
    const soon = () => new Date(Date.now() + 200).toISOString();
    for (let turns = 0; turns < 3_000; turns += 1) {
      const open = await knex('verdict_work')
        .where('next_attempt_at', '<=', soon())
        .orWhereNotNull('lease_holder');
      if (open.length === 0) {
        break;
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    stop.abort();
    await running;
  };

  const judged = async () => {
    const rows = await knex('image_summaries');
    return rows.map(row => JSON.parse(row.judged));
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    now = NOW;
    tags = { [`${PUBLIC}:1`]: digestOf('a') };
    asked = [];
    changes = 0;
  });

  it('looks at what an annotation names and judges it, and says that nothing runs', async () => {
    await catalog(naming(`${PUBLIC}:1, :::`));
    expect(await named()).toMatchObject([
      { image_ref: ':::', digest_reason: 'referenceUnreadable', cluster: '' },
      { image_ref: `${PUBLIC}:1`, digest_reason: 'notCollectedYet' },
    ]);
    expect(await resolveDue()).toBe(1);
    expect(changes).toBe(1);
    const signed = exampleSignature(now, { checks: [VERIFIED] });
    expect(await look(exampleOrigin(now), signed)).toMatchObject([
      {
        subject: { repository: PUBLIC, digest: digestOf('a') },
        imageRefs: [`${PUBLIC}:1`],
        use: { places: [{ entityRef: 'component:default/cli' }] },
      },
    ]);
    await judge();
    expect(await judged()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          key: ':::',
          outcome: 'unknown',
          reason: 'referenceUnreadable',
        }),
        expect.objectContaining({
          key: `${PUBLIC}@${digestOf('a')}`,
          outcome: 'pass',
          counted: false,
          running: false,
          annotation: {
            imageRef: `${PUBLIC}:1`,
            digestSource: 'tagResolvedNow',
            firstSeen: NOW.toISOString(),
            lastSeen: NOW.toISOString(),
          },
        }),
      ]),
    );
    // It is no service that runs something, and makes no news.
    for (const table of ['entity_summaries', 'alerts']) {
      expect(await knex(table)).toEqual([]);
    }
    const kinds = await knex('history').pluck('kind');
    expect(kinds.every(kind => kind === 'firstSeen')).toBe(true);
  });

  it('does nothing while the annotation is the same', async () => {
    await catalog(naming(`${PUBLIC}:1`));
    await resolveDue();
    await judge();
    const before = await named();
    expect(await catalog(naming(`${PUBLIC}:1`))).toBe(false);
    expect(await named()).toEqual(before);
    expect(await knex('verdict_work')).toEqual([]);
    expect(await resolveDue()).toBe(0);
  });

  it('follows a tag that moves, and keeps the digest through a failure', async () => {
    await catalog(naming(`${PUBLIC}:1`));
    await resolveDue();
    await makeDue();
    tags = { [`${PUBLIC}:1`]: digestOf('b') };
    await resolveDue();
    expect(await named()).toMatchObject([{ digest: digestOf('b') }]);
    await makeDue();
    tags = {};
    await resolveDue();
    expect(await named()).toMatchObject([{ digest: digestOf('b') }]);
    now = new Date(NOW.getTime() + 25 * 3_600_000);
    await makeDue();
    await resolveDue();
    expect(await named()).toMatchObject([
      { digest: null, subject_key: null, digest_reason: 'registryUnavailable' },
    ]);
    expect(changes).toBe(3);
  });

  it('forgets what is named no longer, and everything when its entity goes', async () => {
    await catalog(naming(`${PUBLIC}:1,${PUBLIC}:2`), naming(':::', 'other'));
    await resolveDue();
    await judge();
    await catalog(naming(`${PUBLIC}:1`), naming(':::', 'other'));
    await judge();
    expect((await judged()).map(each => each.imageRef).sort()).toEqual([
      ':::',
      `${PUBLIC}:1`,
    ]);
    await catalog();
    await judge();
    for (const table of [
      'running_images',
      'running_image_entities',
      'reference_work',
      'image_summaries',
      'verdicts',
    ]) {
      expect(await knex(table)).toEqual([]);
    }
  });

  it('reads their own registry only while something of the entity runs from there (L30)', async () => {
    tags = { [`${REPOSITORY}:2.0.0`]: digestOf('c') };
    const web: EntityRow = {
      ...exampleEntity(),
      annotations: JSON.stringify({
        'backstage.io/kubernetes-id': 'web',
        'supply-chain/images': `${REPOSITORY}:2.0.0`,
      }),
    };
    const other = naming(`${REPOSITORY}:2.0.0`, 'other');
    await catalog(web, other);
    await resolveDue();
    expect(await named()).toMatchObject([
      { digest_reason: 'annotatedImageNotAllowed', subject_key: null },
      { digest_reason: 'annotatedImageNotAllowed', subject_key: null },
    ]);
    expect(asked).toEqual([]);

    await observePods({ knex, pods: [examplePod()], now });
    await resolveDue();
    expect(asked).toEqual([`${REPOSITORY}:2.0.0`]);
    expect(
      await knex('running_images')
        .join('running_image_entities as links', 'running_image_id', 'id')
        .where({ annotated: true })
        .orderBy('entity_ref')
        .select('entity_ref', 'digest'),
    ).toEqual([
      { entity_ref: 'component:default/other', digest: null },
      { entity_ref: 'component:default/web', digest: digestOf('c') },
    ]);

    await knex('running_images')
      .where({ annotated: false })
      .update({ running: false });
    await resolveDue();
    expect((await named()).map(row => row.digest_reason)).toEqual([
      'annotatedImageNotAllowed',
      'annotatedImageNotAllowed',
    ]);
  });

  it('takes a pod that never started for no proof', async () => {
    const web: EntityRow = {
      ...exampleEntity(),
      annotations: JSON.stringify({
        'backstage.io/kubernetes-id': 'web',
        'supply-chain/images': `${REPOSITORY}:2.0.0`,
      }),
    };
    await catalog(web);
    await observePods({ knex, pods: [examplePod()], now });
    await knex('running_images')
      .where({ annotated: false })
      .update({ started: false });
    await resolveDue();
    expect(asked).toEqual([]);
    expect(await named()).toMatchObject([
      { digest_reason: 'annotatedImageNotAllowed' },
    ]);
  });

  it('reads what was refused once the operator allows it', async () => {
    tags = { [`${REPOSITORY}:2.0.0`]: digestOf('c') };
    await catalog(naming(`${REPOSITORY}:2.0.0`));
    await resolveDue();
    expect(await resolveDue()).toBe(0);
    const allow = [`${REPOSITORY}`];
    const allowing = { ...OWN_REGISTRY, annotatedImages: { allow } };
    expect(await resolveDue(resolverOf(allowing))).toBe(1);
    expect(await named()).toMatchObject([{ digest: digestOf('c') }]);
  });

  it('shows nobody a scan of who runs the same image (L33)', async () => {
    await catalog(naming(`${PUBLIC}@${digestOf('a')}`));
    await resolveDue();
    const lease = await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'trivy',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    });
    await createReportStore({ knex, now: () => now }).upsert(lease!, [
      exampleReport({ fixedVersion: '3.0.2' }),
    ]);
    await look(exampleOrigin(now), exampleSignature(now));
    await judge();
    expect(await judged()).toMatchObject([
      { fixableCritical: 0, vulnerabilities: { status: 'absent' } },
    ]);
  });
});
