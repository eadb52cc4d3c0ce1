import { mockServices } from '@backstage/backend-test-utils';
import { Evidence, subjectKey } from 'backstage-plugin-supply-chain-common';
import { EvidenceCollector } from 'backstage-plugin-supply-chain-node';
import { MemoryMetrics } from 'backstage-plugin-supply-chain-node/testUtils';
import { Knex } from 'knex';
import { DatabaseEvidenceStore } from '../database/DatabaseEvidenceStore';
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { observePods } from '../__testUtils__/observePods';
import {
  SUBJECT,
  VERIFIED,
  digestOf,
  exampleOrigin,
  examplePod,
  exampleSignature,
  unavailableSignature,
} from '../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { MetricsLookTracker } from '../metrics/MetricsLookTracker';
import { EvidenceEngine } from './EvidenceEngine';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** The clocks of test and database agree to some milliseconds. */
const soon = () => new Date(Date.now() + 200).toISOString();

const NOW = new Date('2026-05-01T12:00:00.000Z');
const KEY = subjectKey(SUBJECT);

const originCollector: EvidenceCollector = {
  id: 'origin',
  kinds: ['origin'],
  collect: async (subject, { now }) => [exampleOrigin(now, subject)],
};

const collectorOf = (
  collect: EvidenceCollector['collect'],
): EvidenceCollector => ({ id: 'sigstore', kinds: ['signature'], collect });

describe.each(databases.eachSupportedId())('EvidenceEngine on %s', id => {
  let knex: Knex;
  let store: DatabaseEvidenceStore;
  let changes: number;
  let metrics: MemoryMetrics;
  let tracker: MetricsLookTracker;

  const engineOf = (collector: EvidenceCollector) =>
    EvidenceEngine.create({
      store,
      health: DatabaseSourceHealthStore.create({ knex }),
      originCollector,
      collectors: [collector],
      policySet: async () => ({ trustRoots: [] }),
      logger: mockServices.logger.mock(),
      tracker,
      onChanged: () => {
        changes += 1;
      },
      now: () => NOW,
      random: () => 0,
      pollIntervalMs: 5,
    });

  const makeDue = () =>
    knex('work').update({ next_attempt_at: '2000-01-01T00:00:00.000Z' });

  const isIdle = async () => {
    const rows = await knex('work')
      .where('next_attempt_at', '<=', soon())
      .orWhereNotNull('lease_holder');
    return rows.length === 0;
  };

  const runUntilIdle = async (...engines: EvidenceEngine[]) => {
    const stop = new AbortController();
    const running = engines.map(engine => engine.run(stop.signal));
    let turns = 0;
    while (!(await isIdle())) {
      turns += 1;
      if (turns > 3_000) {
        throw new Error('Expected the queue to become empty');
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    stop.abort();
    await Promise.all(running);
  };

  const stored = () => knex('evidence').orderBy('kind');
  const timed = async () =>
    (await metrics.read('supply_chain.looks.duration')).map(
      ({ attributes }) => attributes,
    );

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    store = DatabaseEvidenceStore.create({ knex });
    changes = 0;
    metrics = new MemoryMetrics();
    tracker = MetricsLookTracker.create({ metrics });
    await observePods({ knex, pods: [examplePod()], now: NOW });
    await knex('verdict_work').delete();
  });

  it('stores what was found, plans the next look and queues the verdict', async () => {
    const answer: Evidence[] = [exampleSignature(NOW, { checks: [VERIFIED] })];
    await runUntilIdle(engineOf(collectorOf(async () => answer)));
    expect(await stored()).toMatchObject([
      { kind: 'origin', status: 'present', subject_key: KEY },
      { kind: 'signature', status: 'present', subject_key: KEY },
    ]);
    expect(await knex('verdict_work')).toHaveLength(1);
    expect(changes).toBe(1);
    expect(await knex('source_health')).toMatchObject([
      { kind: 'registry', name: 'registry.acme.example', state: 'ok' },
    ]);
  });

  it('tells nobody when a look finds the same', async () => {
    const engine = engineOf(
      collectorOf(async () => [exampleSignature(NOW, { checks: [VERIFIED] })]),
    );
    await runUntilIdle(engine);
    await knex('verdict_work').delete();
    const history = await knex('history');
    await makeDue();
    await runUntilIdle(engine);
    expect(await knex('verdict_work')).toHaveLength(0);
    expect(changes).toBe(1);
    expect(await knex('history')).toEqual(history);
  });

  it('does nothing twice with two engines', async () => {
    const pods = Array.from({ length: 30 }, (_, index) =>
      examplePod({
        uid: `many-${index}`,
        workload: `w${index}`,
        imageRef: `registry.acme.example/shop/w${index}:1`,
      }),
    );
    await observePods({ knex, pods, now: NOW });
    const looks: string[] = [];
    const collector = collectorOf(async subject => {
      looks.push(subjectKey(subject));
      await new Promise(resolve => setImmediate(resolve));
      return [exampleSignature(NOW, { subject, checks: [VERIFIED] })];
    });
    await runUntilIdle(engineOf(collector), engineOf(collector));
    expect(looks).toHaveLength(31);
    expect(new Set(looks).size).toBe(31);
  });

  it('gives what a killed replica had under way to another', async () => {
    const [task] = await store.take({ limit: 8, leaseMs: 60_000 });
    expect(await store.take({ limit: 8, leaseMs: 60_000 })).toEqual([]);

    await knex('work').update({ lease_expires_at: '2000-01-01T00:00:00.000Z' });
    const engine = engineOf(
      collectorOf(async () => [exampleSignature(NOW, { checks: [VERIFIED] })]),
    );
    await runUntilIdle(engine);
    expect(await stored()).toHaveLength(2);

    // The dead one wakes up and finds that its look counts for nothing.
    const late = await store.complete({
      task,
      written: [],
      transitions: [{ kind: 'lookFailed' }],
      attempts: 9,
      nextLookMs: 1,
      now: NOW,
    });
    expect(late).toBe(false);
    expect(await knex('history').where({ kind: 'lookFailed' })).toEqual([]);
    expect(await knex('work')).toMatchObject([{ attempts: 0 }]);
  });

  it('gives a task back at shutdown', async () => {
    const stop = new AbortController();
    const engine = engineOf(
      collectorOf(async (_, { signal }) => {
        stop.abort();
        signal.throwIfAborted();
        return [];
      }),
    );
    await engine.run(stop.signal);
    expect(await knex('work')).toMatchObject([{ lease_holder: null }]);
    expect(await store.take({ limit: 1, leaseMs: 1 })).toHaveLength(1);
    expect(await timed()).toEqual([]);
  });

  it('looks once more when somebody asks during a look', async () => {
    const freshness: boolean[] = [];
    const collector = collectorOf(async (_, { fresh }) => {
      freshness.push(fresh);
      if (freshness.length === 1) {
        await knex('work').update({ ticket: 'another', fresh: true });
      }
      return [exampleSignature(NOW, { checks: [VERIFIED] })];
    });
    await runUntilIdle(engineOf(collector));
    expect(freshness).toEqual([false, true]);
  });

  it('keeps a verified signature through a failing registry and says so (L6)', async () => {
    let answer = exampleSignature(NOW, { checks: [VERIFIED] });
    const engine = engineOf(collectorOf(async () => [answer]));
    await runUntilIdle(engine);
    answer = unavailableSignature(NOW);
    await makeDue();
    await runUntilIdle(engine);
    const [, signature] = await stored();
    expect(signature.status).toBe('present');
    expect(JSON.parse(signature.last_look).reason).toBe('registryUnavailable');
    expect(await knex('work')).toMatchObject([{ attempts: 1 }]);
    expect(await knex('source_health')).toMatchObject([
      { state: 'down', reason: 'registryUnavailable' },
    ]);

    answer = exampleSignature(NOW);
    await makeDue();
    await runUntilIdle(engine);
    expect((await stored())[1]).toMatchObject({
      status: 'absent',
      last_look: null,
    });
    const kinds = await knex('history').orderBy('id').pluck('kind');
    expect(kinds).toEqual(['firstSeen', 'lookFailed', 'lookRestored']);
    expect(await timed()).toEqual([
      { outcome: 'complete' },
      { outcome: 'failed', reason: 'registryUnavailable' },
      { outcome: 'complete' },
    ]);
  });

  it('times a look it could not store as its own failure, once', async () => {
    jest.spyOn(store, 'complete').mockRejectedValueOnce(new Error('503'));
    await runUntilIdle(engineOf(collectorOf(async () => [])));
    expect(await timed()).toEqual([{ outcome: 'error' }]);
  });

  it('makes evidence of a collector that throws or leaves something out', async () => {
    await runUntilIdle(
      engineOf(
        collectorOf(async () => {
          throw new Error('boom');
        }),
      ),
    );
    expect((await stored())[1]).toMatchObject({
      status: 'unavailable',
      reason: 'collectorError',
      message: 'Error: boom',
    });
    await makeDue();
    await runUntilIdle(engineOf(collectorOf(async () => [])));
    expect((await stored())[1]).toMatchObject({ reason: 'collectorError' });
  });

  it('stops looking at what no longer runs, and begins again when it runs again', async () => {
    const other = examplePod({ digest: digestOf('b') });
    await observePods({ knex, pods: [other], now: NOW });
    await makeDue();
    const looks: string[] = [];
    const engine = engineOf(
      collectorOf(async subject => {
        looks.push(subject.digest);
        return [exampleSignature(NOW, { subject })];
      }),
    );
    await runUntilIdle(engine);
    expect(looks).toEqual([digestOf('b')]);

    await observePods({ knex, pods: [examplePod()], now: NOW });
    await runUntilIdle(engine);
    expect(looks).toContain(digestOf('a'));
  });

  it('keeps the state of collectors apart', async () => {
    await store.stateOf('one').set('version', '3');
    await store.stateOf('one').set('version', '4');
    expect(await store.stateOf('one').get('version')).toBe('4');
    expect(await store.stateOf('two').get('version')).toBeUndefined();
  });
});
