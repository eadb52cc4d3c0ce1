import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrate } from '../database/migrations';

/** SQLite always, PostgreSQL when the environment names one. */
export function createTestDatabases(): TestDatabases {
  const ids: TestDatabaseId[] = ['SQLITE_3'];
  if (process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING) {
    ids.push('POSTGRES_18');
  }
  return TestDatabases.create({ ids });
}

/** A fresh database with all tables. */
export async function openTestDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  await migrate(knex);
  return knex;
}
