import { Knex } from 'knex';
import { SourceHintRow } from '../../tables';

/** Options of {@link takeHints}. */
export type TakeHintsOptions = { knex: Knex; feed: string; source: string };

/** Removes the hints of one source and returns them, the oldest first. */
export async function takeHints(options: TakeHintsOptions): Promise<string[]> {
  const { knex, feed, source } = options;
  return knex.transaction(async transaction => {
    const rows = await transaction<SourceHintRow>('source_hints')
      .where({ feed, source })
      .orderBy('received_at')
      .select('hint');
    const hints = rows.map(({ hint }) => hint);
    if (hints.length > 0) {
      await transaction<SourceHintRow>('source_hints')
        .where({ feed, source })
        .whereIn('hint', hints)
        .delete();
    }
    return hints;
  });
}
