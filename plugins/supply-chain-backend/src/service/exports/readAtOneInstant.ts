import { Knex } from 'knex';
import { isPostgres } from '../../database/databaseTime';

/**
 * Reads bit by bit as of one instant. On PostgreSQL that is a transaction that sees nothing of what happens meanwhile.
 * SQLite has one connection, and a transaction would keep everybody else from it for as long as it lasts: there nothing
 * is held, so `read` must find the keys of all rows in its first statement and then read by these, so that no row is
 * there twice and none is passed over.
 */
export async function* readAtOneInstant<T>(
  knex: Knex,
  read: (knex: Knex) => AsyncIterable<T>,
): AsyncGenerator<T> {
  if (!isPostgres(knex)) {
    yield* read(knex);
    return;
  }
  const transaction = await knex.transaction(undefined, {
    isolationLevel: 'repeatable read',
    readOnly: true,
  });
  try {
    yield* read(transaction);
  } finally {
    await transaction.rollback();
  }
}
