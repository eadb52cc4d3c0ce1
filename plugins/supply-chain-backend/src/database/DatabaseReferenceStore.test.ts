import { Knex } from 'knex';
import { digestOf, exampleEntity } from '../__testUtils__/examples';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { ReferenceTask } from '../stores/ReferenceStore';
import { CachedLinker } from './CachedLinker';
import { DatabaseCatalogStore } from './DatabaseCatalogStore';
import { DatabaseReferenceStore } from './DatabaseReferenceStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const NOW = new Date('2100-05-01T12:00:00.000Z');

describe.each(databases.eachSupportedId())(
  'DatabaseReferenceStore on %s',
  id => {
    let knex: Knex;
    let store: DatabaseReferenceStore;

    const name = (images: string) =>
      DatabaseCatalogStore.create({ knex, linker: new CachedLinker() }).apply({
        rows: [
          {
            ...exampleEntity('cli'),
            annotations: JSON.stringify({ 'supply-chain/images': images }),
            hash: images,
          },
        ],
        complete: true,
        now: NOW,
      });

    const take = () => store.take({ limit: 9, leaseMs: 60_000 });

    const complete = (task: ReferenceTask) =>
      store.complete({
        task,
        found: { digest: digestOf('a'), digestSource: 'tagResolvedNow' },
        needsLink: false,
        attempts: 0,
        nextAttemptMs: 3_600_000,
        now: NOW,
      });

    beforeEach(async () => {
      knex = await openTestDatabase(databases, id);
      store = DatabaseReferenceStore.create({ knex });
      await name('quay.io/acme/web:1');
    });

    it('gives a task to one at a time, and what a killed replica had to another', async () => {
      const [task] = await take();
      expect(await take()).toEqual([]);
      await knex('reference_work').update({
        lease_expires_at: '2000-01-01T00:00:00.000Z',
      });
      const [again] = await take();
      expect(again).toMatchObject({ runningImageId: task.runningImageId });
      expect(await complete(task)).toBe(false);
      expect(await complete(again)).toBe(true);
      expect(await take()).toEqual([]);
    });

    it('drops a result whose annotation went meanwhile', async () => {
      const [task] = await take();
      await name('quay.io/acme/other:1');
      expect(await complete(task)).toBe(false);
      expect(await knex('subjects')).toEqual([]);
    });

    it('keeps due what was asked for again meanwhile', async () => {
      const [task] = await take();
      await store.requestWhenDifferent('other rules');
      expect(await complete(task)).toBe(true);
      expect(await take()).toMatchObject([
        { known: { digest: digestOf('a'), at: NOW.toISOString() } },
      ]);
    });

    it('asks for everything once when the rules changed', async () => {
      await store.requestWhenDifferent('rules');
      await complete((await take())[0]);
      await store.requestWhenDifferent('rules');
      expect(await take()).toEqual([]);
      await store.requestWhenDifferent('other rules');
      expect(await take()).toHaveLength(1);
    });

    it('gives a task back', async () => {
      const [task] = await take();
      await store.release({ task, afterMs: 0 });
      expect(await take()).toHaveLength(1);
    });
  },
);
