import { Knex } from 'knex';

/** Whether the connection is to PostgreSQL; everything else is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * The instant of the database's own clock, moved by an offset, as an SQL expression in the form instants
 * are stored in. Leases and due dates use it and nothing else, so that replicas with different clocks agree (L26).
 */
export function databaseTime(knex: Knex, offsetMs: number = 0): Knex.Raw {
  if (isPostgres(knex)) {
    return knex.raw(
      `to_char((clock_timestamp() + (?::float8 * interval '1 millisecond')) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      [offsetMs],
    );
  }
  return knex.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ? || ' seconds')`, [
    (offsetMs / 1000).toFixed(3),
  ]);
}

/** Reads the clock of the database. */
export async function readDatabaseTime(knex: Knex): Promise<string> {
  const rows: { now: string }[] = await knex.select(
    knex.raw('? as now', [databaseTime(knex)]),
  );
  return rows[0].now;
}
