import { mockServices } from '@backstage/backend-test-utils';
import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import { HeldSource } from 'backstage-plugin-supply-chain-node';
import { CLUSTER_LIST } from 'backstage-plugin-supply-chain-node/clusters';
import { Knex } from 'knex';
import { CachedLinker } from '../database/CachedLinker';
import { DatabaseCatalogStore } from '../database/DatabaseCatalogStore';
import { DatabaseLeaseStore } from '../database/DatabaseLeaseStore';
import { DatabasePodStore } from '../database/DatabasePodStore';
import { DatabaseSourceHealthStore } from '../database/DatabaseSourceHealthStore';
import { digestOf, exampleEntity, examplePod } from '../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { DatabaseFeedSink } from './DatabaseFeedSink';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-01T00:00:00.000Z');

type Held = HeldSource<ObservedPod>;

describe.each(databases.eachSupportedId())('DatabaseFeedSink on %s', id => {
  let knex: Knex;
  let changes: number;
  const linker = new CachedLinker();

  const sinkOf = (holder: string) =>
    DatabaseFeedSink.create<ObservedPod>({
      feed: 'kubernetes',
      holder,
      itemsOf: 'cluster',
      store: DatabasePodStore.create({
        knex,
        linker: transaction => linker.read(transaction),
        now: () => NOW,
      }),
      leases: DatabaseLeaseStore.create({ knex }),
      health: DatabaseSourceHealthStore.create({ knex }),
      uidOf: pod => pod.uid,
      logger: mockServices.logger.mock(),
      onChanged: () => {
        changes += 1;
      },
      heartbeatIntervalMs: 20,
      restartPauseMs: 5,
    });

  /** Holds the source until the returned function is called. */
  const hold = async (sink: DatabaseFeedSink<ObservedPod>) => {
    const end = new AbortController();
    let release = () => {};
    const done = new Promise<void>(resolve => {
      release = resolve;
    });
    let running: Promise<void> = Promise.resolve();
    const held = await new Promise<Held>(resolve => {
      running = sink.whileHolding(
        { source: 'east', signal: end.signal },
        async each => {
          resolve(each);
          await done;
        },
      );
    });
    return {
      ...held,
      letGo: async () => {
        end.abort();
        release();
        await running;
      },
    };
  };

  const running = () =>
    knex('running_images').where({ running: true }).orderBy('image_ref');

  const expireLeases = () =>
    knex('cluster_leases').update({ expires_at: '2000-01-01T00:00:00.000Z' });

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    changes = 0;
  });

  it('writes nothing twice and tells of a change once', async () => {
    const held = await hold(sinkOf('one'));
    await held.writer.upsert([examplePod()]);
    expect(changes).toBe(1);
    const [image] = await running();
    expect(image).toMatchObject({
      cluster: 'east',
      workload_kind: 'Deployment',
      workload_name: 'web',
      subject_key: `registry.acme.example/shop/web@${digestOf('a')}`,
      pods: 1,
    });
    expect(await knex('work')).toHaveLength(1);
    expect(await knex('verdict_work')).toHaveLength(1);
    expect(await knex('subjects')).toHaveLength(1);

    await held.writer.upsert([examplePod({ resourceVersion: '2' })]);
    expect(changes).toBe(1);
    expect(await held.writer.knownVersions()).toEqual(
      new Map([['pod-1', '2']]),
    );
    await held.letGo();
  });

  it('takes no word on a source from who has lost it', async () => {
    const kind = 'cluster' as const;
    const old = await hold(sinkOf('one'));
    await old.report({ kind, name: 'east', state: 'ok' });
    await expireLeases();
    const next = await hold(sinkOf('two'));
    await next.report({ kind, name: 'east', state: 'ok' });
    await expect(
      old.report({ kind, name: 'east', state: 'down' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await knex('source_health').select('name', 'state')).toEqual([
      { name: 'east', state: 'ok' },
    ]);
    await Promise.all([old.letGo(), next.letGo()]);
  });

  it('keeps what is gone as last known and counts pods of one image together', async () => {
    const held = await hold(sinkOf('one'));
    await held.writer.upsert([
      examplePod({ uid: 'a' }),
      examplePod({ uid: 'b' }),
    ]);
    expect(await running()).toMatchObject([{ pods: 2 }]);

    await held.writer.remove(['a']);
    expect(await running()).toMatchObject([{ pods: 1 }]);

    await held.writer.upsert([examplePod({ uid: 'b', digest: digestOf('b') })]);
    expect(await running()).toMatchObject([{ digest: digestOf('b') }]);
    expect(await knex('running_images')).toHaveLength(2);
    await held.letGo();
  });

  it('removes at the end of a full sync what was neither written nor touched', async () => {
    const held = await hold(sinkOf('one'));
    await held.writer.upsert([
      examplePod({ uid: 'a', workload: 'web' }),
      examplePod({ uid: 'b', workload: 'worker' }),
      examplePod({ uid: 'c', workload: 'proxy' }),
    ]);
    await held.writer.beginFullSync();
    await held.writer.touch(['a']);
    await held.writer.upsert([examplePod({ uid: 'b', workload: 'worker' })]);
    await held.writer.completeFullSync({ resourceVersion: '77' });
    expect((await running()).map(row => row.workload_name).sort()).toEqual([
      'web',
      'worker',
    ]);
    expect(await held.writer.resumePoint()).toEqual({ resourceVersion: '77' });
    await held.letGo();
  });

  it('lets one replica hold a source, and the next take it from a dead one', async () => {
    const first = await hold(sinkOf('one'));
    await first.writer.upsert([examplePod()]);
    await first.writer.saveResumePoint({ resourceVersion: '5' });
    let takenOver = false;
    const second = hold(sinkOf('two')).then(held => {
      takenOver = true;
      return held;
    });
    await first.writer.upsert([examplePod({ resourceVersion: '2' })]);
    expect(takenOver).toBe(false);

    await expireLeases();
    const held = await second;
    expect(await held.writer.resumePoint()).toEqual({ resourceVersion: '5' });
    await new Promise<void>(resolve => {
      if (first.signal.aborted) {
        resolve();
      }
      first.signal.addEventListener('abort', () => resolve());
    });

    const before = await knex('pods');
    await expect(
      first.writer.upsert([examplePod({ uid: 'late' })]),
    ).rejects.toThrow(
      "The lease of source 'east' of feed 'kubernetes' is lost",
    );
    await expect(
      first.writer.saveResumePoint({ resourceVersion: '1' }),
    ).rejects.toThrow(expect.objectContaining({ name: 'ConflictError' }));
    expect(await knex('pods')).toEqual(before);
    await Promise.all([first.letGo(), held.letGo()]);
  });

  it('drops a source that is gone and refuses its late writes', async () => {
    const sink = sinkOf('one');
    const held = await hold(sink);
    await held.writer.upsert([examplePod()]);
    await sink.setSources(['east']);
    expect(await running()).toHaveLength(1);

    await sink.setSources([]);
    expect(await running()).toHaveLength(0);
    expect(await knex('pods')).toHaveLength(0);
    await expect(held.writer.upsert([examplePod()])).rejects.toThrow('lost');
    await held.letGo();
  });

  describe('when the list of clusters cannot be read', () => {
    const list = { kind: 'cluster', name: CLUSTER_LIST } as const;
    const named = () => knex('source_health').orderBy('name').pluck('name');
    let sink: DatabaseFeedSink<ObservedPod>;

    beforeEach(async () => {
      sink = sinkOf('one');
      await sink.setSources(['east']);
      await sink.report({ kind: 'cluster', name: 'east', state: 'ok' });
      await sink.report({ kind: 'cluster', name: 'gone', state: 'down' });
      await sink.report({ ...list, state: 'down', message: 'away' });
    });

    it('says so until it can be read again, however seldom it is', async () => {
      await knex('source_health').update({
        last_failure_at: '2000-01-01T00:00:00.000Z',
      });
      await sink.dropOtherSources();
      expect(await named()).toEqual([CLUSTER_LIST, 'east']);
      await sink.report({ ...list, state: 'ok' });
      await sink.dropOtherSources();
      expect(await named()).toEqual(['east']);
    });

    it('lets it stand for a while when another replica says so', async () => {
      const other = sinkOf('two');
      await other.setSources(['east']);
      expect(await named()).toEqual([CLUSTER_LIST, 'east']);
      await knex('source_health').update({
        last_failure_at: '2000-01-01T00:00:00.000Z',
      });
      await other.dropOtherSources();
      expect(await named()).toEqual(['east']);
    });
  });

  it('links pods to entities, and anew when the catalog changes', async () => {
    const catalog = DatabaseCatalogStore.create({ knex, linker });
    const rows = [exampleEntity()];
    await catalog.apply({ rows, complete: true, now: NOW });
    const held = await hold(sinkOf('one'));
    await held.writer.upsert([
      examplePod({ uid: 'a' }),
      examplePod({ uid: 'b', workload: 'other' }),
    ]);
    const links = () =>
      knex('running_image_entities').orderBy('entity_ref').pluck('entity_ref');
    expect(await links()).toEqual(['component:default/web']);

    expect(await catalog.apply({ rows, complete: true, now: NOW })).toBe(false);
    const both = [...rows, exampleEntity('other')];
    await catalog.apply({ rows: both, complete: true, now: NOW });
    expect(await links()).toEqual([
      'component:default/other',
      'component:default/web',
    ]);

    await catalog.apply({ rows: [], complete: true, now: NOW });
    expect(await links()).toEqual([]);
    expect(await knex('entities')).toEqual([]);
    await held.letGo();
  });
});
