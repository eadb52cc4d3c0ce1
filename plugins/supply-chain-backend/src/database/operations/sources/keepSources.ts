import { Knex } from 'knex';
import { SourceHealthRow } from '../../tables';

/** Options of {@link keepSources}. */
export type KeepSourcesOptions = { knex: Knex; feed: string; names: string[] };

/** Removes the health of sources a feed no longer names. */
export async function keepSources(options: KeepSourcesOptions): Promise<void> {
  const { knex, feed, names } = options;
  await knex<SourceHealthRow>('source_health')
    .where({ feed })
    .whereNotIn('name', names)
    .delete();
}
