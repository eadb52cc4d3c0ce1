import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

// Any fixed number; advisory locks live in a space of their own per database.
const MIGRATION_LOCK = 7_406_512_291;

const MIGRATIONS_DIRECTORY = resolvePackagePath(
  'backstage-plugin-supply-chain-backend',
  'migrations',
);

/**
 * Brings the tables up to date. Several replicas may start at once on an empty PostgreSQL: creating the
 * migration tool's own tables races there, so the whole run happens under one advisory lock. The lock and
 * the migrations share one transaction and so one connection, whatever the size of the pool.
 */
export async function migrate(knex: Knex): Promise<void> {
  if (knex.client.config.client !== 'pg') {
    await knex.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
    return;
  }
  await knex.transaction(async transaction => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await transaction.migrate.latest({ directory: MIGRATIONS_DIRECTORY });
  });
}

/** The database of the plugin, migrated unless the operator does that (`backend.database.skipMigrations`). */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(knex);
  }
  return knex;
}
