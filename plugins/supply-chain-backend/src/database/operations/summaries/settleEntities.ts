import { Knex } from 'knex';
import { EntitySummaryRow } from '../../tables';
import { updateEntitySummaries } from './updateEntitySummaries';

/** Entities summed up in one transaction. */
const BATCH_SIZE = 50;

/** Options of {@link settleEntities}. */
export type SettleEntitiesOptions = { knex: Knex; now: Date };

/**
 * Sums up entities again that were still being found out for the first time: the last of their images may have been
 * judged before the last source was read.
 */
export async function settleEntities(
  options: SettleEntitiesOptions,
): Promise<void> {
  const { knex, now } = options;
  const entityRefs: string[] = await knex<EntitySummaryRow>('entity_summaries')
    .where({ settled: false })
    .orderBy('entity_ref')
    .pluck('entity_ref');
  for (let start = 0; start < entityRefs.length; start += BATCH_SIZE) {
    await knex.transaction(transaction =>
      updateEntitySummaries({
        transaction,
        entityRefs: entityRefs.slice(start, start + BATCH_SIZE),
        now,
      }),
    );
  }
}
