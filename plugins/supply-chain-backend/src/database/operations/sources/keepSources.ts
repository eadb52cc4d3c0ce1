import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';
import { SourceHealthRow } from '../../tables';

/** Some times the interval such a list is read at: a replica that ended does not take its report back. */
const LIST_FAILURE_MS = 5 * 60_000;

/** Options of {@link keepSources}. */
export type KeepSourcesOptions = {
  knex: Knex;
  feed: string;
  names: string[];
  /** The name under which it is said that the list of the names cannot be read. */
  listName?: string;
};

/**
 * Removes the health of sources a feed no longer names. That their list cannot be read stays while it is new: another
 * replica may have said so.
 */
export async function keepSources(options: KeepSourcesOptions): Promise<void> {
  const { knex, feed, names, listName } = options;
  const gone = knex<SourceHealthRow>('source_health')
    .where({ feed })
    .whereNotIn('name', names);
  if (listName !== undefined) {
    gone.whereNot(row =>
      row
        .where({ name: listName })
        .whereNot({ state: 'ok' })
        .where('last_failure_at', '>', databaseTime(knex, -LIST_FAILURE_MS)),
    );
  }
  await gone.delete();
}
