import { NamespaceClaims } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { digestOf, exampleEntity, examplePod } from '../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { SourceLease } from '../stores/SourceStore';
import { CachedLinker } from './CachedLinker';
import { DatabaseCatalogStore } from './DatabaseCatalogStore';
import { DatabaseLeaseStore } from './DatabaseLeaseStore';
import { DatabasePodStore } from './DatabasePodStore';
import { listEntityRuns } from './operations/images/listEntityRuns';
import { listUnlinkedImages } from './operations/unlinked/listUnlinkedImages';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2026-05-01T00:00:00.000Z');

const OWNER = 'group:default/team-checkout';

const shopIsOf = (owner: string): NamespaceClaims => ({
  rules: [{ namespaces: ['sh*'], entities: { owner: [owner] } }],
  unnamed: 'allow',
});

describe.each(databases.eachSupportedId())('DatabaseCatalogStore on %s', id => {
  let knex: Knex;
  let lease: SourceLease;

  /** One replica from its start on. */
  const start = (claims?: NamespaceClaims) => {
    const linker = new CachedLinker({ claims });
    const catalog = DatabaseCatalogStore.create({ knex, linker });
    const pods = DatabasePodStore.create({
      knex,
      linker: transaction => linker.read(transaction),
      now: () => NOW,
    });
    return { catalog, pods };
  };

  const readCatalog = (
    { catalog }: ReturnType<typeof start>,
    entity = exampleEntity(),
  ) => catalog.apply({ rows: [entity], complete: true, now: NOW });

  const runs = () =>
    listEntityRuns({ knex, entityRef: 'component:default/web' });
  const runsOfEntity = async () => (await runs()).map(run => run.digest);
  const notLinked = async () => {
    const images = await listUnlinkedImages({ knex, offset: 0, limit: 10 });
    return images.map(image => image.digest);
  };

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
    const acquired = await DatabaseLeaseStore.create({ knex }).acquire({
      feed: 'kubernetes',
      source: 'east',
      holder: 'me',
      timeToLiveMs: 60_000,
    });
    lease = acquired!;
  });

  it('does not let an entity of another team claim a namespace; what runs there is listed as not linked (L31)', async () => {
    const replica = start(shopIsOf('team-payments'));
    await readCatalog(replica);
    await replica.pods.upsert(lease, [examplePod()]);
    expect(await runsOfEntity()).toEqual([]);
    expect(await notLinked()).toEqual([digestOf('a')]);
  });

  it('lets the team itself claim it', async () => {
    const replica = start(shopIsOf(OWNER));
    await readCatalog(replica);
    await replica.pods.upsert(lease, [examplePod()]);
    expect(await runsOfEntity()).toEqual([digestOf('a')]);
    expect(await notLinked()).toEqual([]);
  });

  describe('when the limits are others after a restart', () => {
    beforeEach(async () => {
      const replica = start();
      await readCatalog(replica);
      await replica.pods.upsert(lease, [examplePod()]);
      await knex('verdict_work').delete();
    });

    it('links what runs anew, in both directions, before the catalog is read', async () => {
      await start(shopIsOf('team-payments')).catalog.relink(NOW);
      expect(await runsOfEntity()).toEqual([]);
      expect(await notLinked()).toEqual([digestOf('a')]);
      expect(await knex('verdict_work')).toHaveLength(1);

      await start().catalog.relink(NOW);
      expect(await runsOfEntity()).toEqual([digestOf('a')]);
    });

    it('does nothing when they are the same', async () => {
      await start(shopIsOf(OWNER)).catalog.relink(NOW);
      const settings = await knex('settings');
      await start(shopIsOf(OWNER)).catalog.relink(NOW);
      expect(await knex('settings')).toEqual(settings);
      expect(await knex('verdict_work')).toEqual([]);
    });

    it('takes from the entity what stopped as well, and only there', async () => {
      const replica = start();
      const elsewhere = { ...examplePod({ uid: 'pod-2' }), namespace: 'edge' };
      await replica.pods.upsert(lease, [elsewhere]);
      await replica.pods.remove(lease, ['pod-1', 'pod-2']);
      expect(await runsOfEntity()).toHaveLength(2);

      await start(shopIsOf('team-payments')).catalog.relink(NOW);
      expect((await runs()).map(run => run.namespace)).toEqual(['edge']);
    });
  });

  describe('when the entity gets another owner', () => {
    const sold = () => ({
      ...exampleEntity(),
      owner: 'group:default/team-edge',
      hash: 'sold',
    });

    it('links anew under limits', async () => {
      const replica = start(shopIsOf(OWNER));
      await readCatalog(replica);
      await replica.pods.upsert(lease, [examplePod()]);
      await readCatalog(replica, sold());
      expect(await runsOfEntity()).toEqual([]);
      await readCatalog(replica);
      expect(await runsOfEntity()).toEqual([digestOf('a')]);
    });

    it('leaves the links alone without limits', async () => {
      const replica = start();
      await readCatalog(replica);
      const settings = await knex('settings');
      await readCatalog(replica, sold());
      expect(await knex('settings')).toEqual(settings);
    });
  });
});
