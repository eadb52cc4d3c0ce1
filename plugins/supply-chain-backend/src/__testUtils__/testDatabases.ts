import { randomUUID } from 'node:crypto';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { migrate } from '../database/migrations';

/** What databases of a test file hold from the start: called once, on a database with all tables. */
export type TestContent = (knex: Knex) => Promise<void>;

/** Opens a copy of a database that is never written again. */
type Template = { open: () => Promise<Knex> };

const POSTGRES = 'POSTGRES_18';

const NOTHING: TestContent = async () => {};

/** Of one test file: each has modules of its own. */
const templates = new Map<string, Map<TestContent, Promise<Template>>>();
const cleanUps: (() => Promise<void>)[] = [];

/** SQLite always, PostgreSQL when the environment names one. */
export function createTestDatabases(): TestDatabases {
  const ids: TestDatabaseId[] = ['SQLITE_3'];
  if (process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING) {
    ids.push(POSTGRES);
  }
  afterAll(async () => {
    // Connections before the databases they are to, those before the server is left.
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await cleanUp();
    }
  }, 60_000);
  return TestDatabases.create({ ids });
}

/**
 * A fresh database with all tables. A copy: migrating takes five times as long, and filling longer still.
 *
 * @param content - what it holds; the same function for the same content
 */
export async function openTestDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
  content = NOTHING,
): Promise<Knex> {
  const known = templates.get(id) ?? new Map<TestContent, Promise<Template>>();
  templates.set(id, known);
  const template = known.get(content) ?? createTemplate(databases, id, content);
  known.set(content, template);
  return (await template).open();
}

async function createTemplate(
  databases: TestDatabases,
  id: TestDatabaseId,
  content: TestContent,
): Promise<Template> {
  const knex = await databases.init(id);
  await migrate(knex);
  await content(knex);
  return id === POSTGRES ? copiesOnServer(knex) : copiesInMemory(knex);
}

async function copiesInMemory(knex: Knex): Promise<Template> {
  const connection = await knex.client.acquireConnection();
  const filename: Buffer = connection.serialize();
  await knex.client.releaseConnection(connection);
  await knex.destroy();
  return {
    open: async () =>
      connect({ ...knex.client.config, connection: { filename } }),
  };
}

async function copiesOnServer(knex: Knex): Promise<Template> {
  const { config } = knex.client;
  const { connection } = config;
  const template: string = connection.database;
  // Nobody may be connected to what is copied.
  await knex.destroy();
  const at = (database: string) => ({
    ...config,
    // knex hides the password from those who copy or print its settings.
    connection: { ...connection, password: connection.password, database },
  });
  const server = connect(at('postgres'));
  return {
    open: async () => {
      const database = `copy-${randomUUID()}`;
      await server.raw('create database ?? template ??', [database, template]);
      cleanUps.push(async () => {
        await server.raw('drop database ?? with (force)', [database]);
      });
      return connect(at(database));
    },
  };
}

function connect(config: Knex.Config): Knex {
  const knex = knexFactory(config);
  cleanUps.push(() => knex.destroy());
  return knex;
}
