import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';

/** Narrows a query of a queue. Rows stay in the queues between two turns: what is planned for later is not pending. */
export function dueOrUnderWay(knex: Knex, query: Knex.QueryBuilder): void {
  const now = databaseTime(knex);
  query.where(inner =>
    inner
      .where('next_attempt_at', '<=', now)
      .orWhere('lease_expires_at', '>', now),
  );
}
