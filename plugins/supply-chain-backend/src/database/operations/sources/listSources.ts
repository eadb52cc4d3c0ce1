import { Knex } from 'knex';
import { SourceHealthRow } from '../../tables';

/** Options of {@link listSources}. */
export type ListSourcesOptions = { knex: Knex };

/** Every source with its state. */
export async function listSources(
  options: ListSourcesOptions,
): Promise<SourceHealthRow[]> {
  return options
    .knex<SourceHealthRow>('source_health')
    .orderBy(['kind', 'name'])
    .select('*');
}
