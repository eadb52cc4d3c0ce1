import { mockServices } from '@backstage/backend-test-utils';
import {
  Evidence,
  evaluatePolicies,
  PolicySet,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  exampleEntity,
  exampleOrigin,
  examplePod,
  exampleSignature,
  SUBJECT,
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
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { DatabaseVerdictStore } from '../database/DatabaseVerdictStore';
import { DatabaseWaiverStore } from '../database/DatabaseWaiverStore';
import { VerdictEngine } from '../verdict/VerdictEngine';
import { WaiverDesk } from '../waivers/WaiverDesk';

jest.setTimeout(60_000);

const databases = createTestDatabases();

// After the clock of any machine: what is due then is not due while the test runs.
const START = new Date('2100-12-01T12:00:00.000Z');
const NOON = '2100-12-03T12:00:00.000Z';

const entityRef = 'component:default/web';

describe.each(databases.eachSupportedId())('a waiver on %s', id => {
  let knex: Knex;
  let now: Date;
  let policySet: PolicySet;
  let store: DatabaseWaiverStore;
  let desk: WaiverDesk;

  const runOnce = async () => {
    const stop = new AbortController();
    const verdicts = DatabaseVerdictStore.create({ knex });
    const engine = VerdictEngine.create({
      store: {
        // One batch: the engine is asked for the rest of it only while there is something due.
        take: options => verdicts.take(options),
        load: tasks => verdicts.load(tasks),
        save: async options => {
          const saved = await verdicts.save(options);
          stop.abort();
          return saved;
        },
        release: options => verdicts.release(options),
        settle: async () => stop.abort(),
        requestAll: () => verdicts.requestAll(),
        lastEvaluatedAt: () => verdicts.lastEvaluatedAt(),
      },
      health: DatabaseSourceHealthStore.create({ knex }),
      pool: {
        evaluate: async ({ items, ...policies }) =>
          items.map(item => ({
            ...evaluatePolicies({ ...policies, ...item }),
            decided: true,
          })),
      },
      policySet: async () => policySet,
      waivers: store,
      logger: mockServices.logger.mock(),
      onSaved: async () => undefined,
      now: () => now,
      pollIntervalMs: 5,
    });
    await engine.run(stop.signal);
  };

  const outcome = async () =>
    (await knex('entity_summaries').first()).outcome as string;

  /** What the clock alone makes due is due. */
  const outcomeAt = async (instant: string) => {
    now = new Date(instant);
    await knex('verdict_work')
      .where('next_attempt_at', '<=', instant)
      .update({ next_attempt_at: '2000-01-01T00:00:00.000Z' });
    await runOnce();
    return outcome();
  };

  const findUnsigned = async () => {
    const evidenceStore = DatabaseEvidenceStore.create({ knex });
    const [task] = await evidenceStore.take({ limit: 9, leaseMs: 60_000 });
    const unsigned = {
      ...exampleSignature(now),
      expiresAt: '2101-01-01T00:00:00.000Z',
    };
    await evidenceStore.complete({
      task,
      written: [exampleOrigin(now), unsigned].map(each => ({
        stored: {
          evidence: each as Evidence,
          hash: each.kind,
          trust: { release: 'sha256:1' },
        },
        changed: true,
      })),
      transitions: [],
      attempts: 0,
      nextLookMs: 3_600_000,
      now,
    });
  };

  const request = async (expires = NOON) =>
    desk.request({
      place: {
        entityRef,
        repository: SUBJECT.repository,
        digest: SUBJECT.digest,
        policy: 'default',
        rule: 'image-signed',
      },
      reach: { scope: 'image', everywhere: false },
      includeUnknown: false,
      reason: 'Signed with the next release',
      expires,
      person: 'user:default/ada',
    });

  const approve = async (asked = request()) => {
    const requested = await asked;
    if (!requested.done) {
      throw new Error(requested.refusal.message);
    }
    const approved = await desk.approve({
      waiver: requested.waiver,
      person: 'user:default/grace',
    });
    if (!approved.done) {
      throw new Error(approved.refusal.message);
    }
    return approved.waiver;
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    now = START;
    policySet = SIGNED_POLICY_SET;
    store = DatabaseWaiverStore.create({ knex });
    desk = WaiverDesk.create({
      store,
      policySet: () => policySet,
      now: () => now,
    });
    await DatabaseCatalogStore.create({
      knex,
      linker: new CachedLinker(),
    }).apply({ rows: [exampleEntity()], complete: true, now });
    await observePods({ knex, pods: [examplePod()], now });
    await findUnsigned();
    await runOnce();
  });

  it('excuses the image until its instant, not a second later (L22)', async () => {
    expect(await outcome()).toBe('fail');
    await approve();
    await runOnce();
    expect(await outcome()).toBe('waived');
    expect(await knex('verdict_work').pluck('next_attempt_at')).toEqual([NOON]);
    expect(await outcomeAt('2100-12-03T11:59:59.000Z')).toBe('waived');
    expect(await outcomeAt(NOON)).toBe('fail');
  });

  it('is never revived, by a clock that jumps back either', async () => {
    await approve();
    await runOnce();
    expect(await outcomeAt(NOON)).toBe('fail');
    await DatabaseVerdictStore.create({ knex }).requestAll();
    expect(await outcomeAt('2100-12-03T11:00:00.000Z')).toBe('fail');
  });

  it('excuses nothing while it waits, and nothing once it is ended', async () => {
    const requested = request('2100-12-20T12:00:00.000Z');
    await requested;
    await DatabaseVerdictStore.create({ knex }).requestAll();
    await runOnce();
    expect(await outcome()).toBe('fail');
    const waiver = await approve(requested);
    await runOnce();
    expect(await outcome()).toBe('waived');
    await desk.end({ waiver, person: 'user:default/grace' });
    await runOnce();
    expect(await outcome()).toBe('fail');
  });

  it('is named by the finding, with who approved it', async () => {
    const waiver = await approve();
    await runOnce();
    const [{ judged }] = await knex('image_summaries');
    const [{ findings }] = JSON.parse(judged).verdicts;
    expect(findings).toMatchObject([
      {
        outcome: 'waived',
        reason: 'noSignature',
        waiver: {
          name: waiver.id,
          source: 'portal',
          approvedBy: 'user:default/grace',
          expires: NOON,
          outcome: 'fail',
        },
      },
    ]);
  });

  it('can be asked for again while it holds', async () => {
    await approve();
    await runOnce();
    expect(await request('2100-12-10T12:00:00.000Z')).toMatchObject({
      done: true,
      waiver: { reasons: ['noSignature'] },
    });
  });

  it('is judged by the place it is about', async () => {
    await knex('verdict_work').delete();
    const { scope } = await approve();
    expect(scope).toEqual({
      repository: SUBJECT.repository,
      digest: SUBJECT.digest,
      entity: entityRef,
    });
    expect(await knex('verdict_work')).toHaveLength(1);
  });
});
