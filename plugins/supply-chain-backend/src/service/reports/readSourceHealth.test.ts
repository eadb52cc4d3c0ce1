import {
  createTestDatabases,
  openTestDatabase,
} from '../../__testUtils__/testDatabases';
import {
  SEES_EVERYTHING,
  VisibleEntities,
} from '../../permissions/VisibleEntities';
import { readSourceHealth } from './readSourceHealth';

jest.setTimeout(60_000);

const databases = createTestDatabases();
describe.each(databases.eachSupportedId())('readSourceHealth on %s', id => {
  it('counts what a public list has for everybody, and what runs for those who may see all of it (L33)', async () => {
    const knex = await openTestDatabase(databases, id);
    await knex('source_health').insert([
      { kind: 'cluster', name: 'east', state: 'ok', items: 12 },
      {
        kind: 'exploitData',
        name: '/kev.json',
        feed: 'knownExploited',
        state: 'ok',
        items: 1583,
      },
    ]);
    const itemsFor = async (visible: VisibleEntities) => {
      const { sources } = await readSourceHealth({
        knex,
        visible,
        sandbox: false,
      });
      return sources.map(({ kind, feed, items }) => [kind, feed, items]);
    };
    expect(await itemsFor(SEES_EVERYTHING)).toEqual([
      ['cluster', undefined, 12],
      ['exploitData', 'knownExploited', 1583],
    ]);
    expect(await itemsFor({ ...SEES_EVERYTHING, unlinked: false })).toEqual([
      ['cluster', undefined, undefined],
      ['exploitData', 'knownExploited', 1583],
    ]);
  });
});
