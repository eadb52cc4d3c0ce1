import { Knex } from 'knex';
import { isPostgres } from '../../databaseTime';

/**
 * Lets one transaction at a time change which vulnerabilities are indexed: a set that nobody uses is removed, and must not
 * begin to be used meanwhile. On SQLite transactions follow one another anyway.
 */
export async function lockIndex(transaction: Knex.Transaction): Promise<void> {
  if (isPostgres(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [
      'supply-chain/vulnerability-index',
    ]);
  }
}
