import { resolvePackagePath } from '@backstage/backend-plugin-api';
import knexFactory, { Knex } from 'knex';
import { migrate } from '../database/migrations';
import { createTestDatabases } from '../__testUtils__/testDatabases';

const directory = resolvePackagePath(
  'backstage-plugin-supply-chain-backend',
  'migrations',
);

async function tablesOf(knex: Knex): Promise<string[]> {
  const rows: { name: string }[] =
    knex.client.config.client === 'pg'
      ? await knex('information_schema.tables')
          .where({ table_schema: 'public' })
          .select({ name: 'table_name' })
      : await knex('sqlite_master').where({ type: 'table' }).select('name');
  return rows
    .map(row => row.name)
    .filter(name => !/^(knex_|sqlite_)/.test(name))
    .sort();
}

jest.setTimeout(60_000);

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up and down and up again', async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    const tables = await tablesOf(knex);
    expect(tables).toHaveLength(46);

    await knex.migrate.rollback({ directory }, true);
    expect(await tablesOf(knex)).toEqual([]);

    await migrate(knex);
    expect(await tablesOf(knex)).toEqual(tables);
  });

  it('do nothing the second time', async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    await knex('settings').insert({ key: 'kept', value: 'yes' });
    await migrate(knex);
    expect(await knex('settings')).toEqual([{ key: 'kept', value: 'yes' }]);
  });

  it('succeed for four replicas that start at once on an empty database', async () => {
    const knex = await databases.init(id);
    const replicas =
      id === 'SQLITE_3'
        ? [knex]
        : [1, 2, 3, 4].map(() =>
            knexFactory({
              client: 'pg',
              connection: knex.client.config.connection,
              pool: { min: 0, max: 1 },
            }),
          );
    try {
      await Promise.all(replicas.map(migrate));
      expect(await tablesOf(knex)).toHaveLength(46);
    } finally {
      await Promise.all(
        replicas.filter(each => each !== knex).map(each => each.destroy()),
      );
    }
  });
});
