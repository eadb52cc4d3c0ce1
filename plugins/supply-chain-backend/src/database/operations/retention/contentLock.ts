import { Knex } from 'knex';
import { isPostgres } from '../../databaseTime';

/*
 * Scans and components of SBOMs stand once for everything that names them, and are forgotten when nothing does. Who writes
 * something that names them keeps them until the end of its transaction; who forgets them waits for all of those. On SQLite
 * transactions follow one another anyway.
 */
const LOCK = 'supply-chain/contents';

/** Keeps what is there from being forgotten until the transaction has ended. Any number of transactions may do so. */
export async function keepContents(
  transaction: Knex.Transaction,
): Promise<void> {
  if (isPostgres(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock_shared(hashtext(?))', [
      LOCK,
    ]);
  }
}

/** Waits until nobody is about to name what is there; from then on nobody does until the transaction has ended. */
export async function lockContents(
  transaction: Knex.Transaction,
): Promise<void> {
  if (isPostgres(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [LOCK]);
  }
}
