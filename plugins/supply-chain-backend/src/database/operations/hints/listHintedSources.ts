import { Knex } from 'knex';
import { SourceHintRow } from '../../tables';

/** Options of {@link listHintedSources}. */
export type ListHintedSourcesOptions = { knex: Knex };

/** The sources any hint waits for. */
export async function listHintedSources(
  options: ListHintedSourcesOptions,
): Promise<Array<{ feed: string; source: string }>> {
  return options.knex<SourceHintRow>('source_hints').distinct('feed', 'source');
}
