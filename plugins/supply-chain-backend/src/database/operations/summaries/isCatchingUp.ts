import { Knex } from 'knex';
import { databaseTime } from '../../databaseTime';

/** Options of {@link isCatchingUp}. */
export type IsCatchingUpOptions = { transaction: Knex; entityRef: string };

/**
 * Whether what is known of an entity is still being found out for the first time: a cluster or scanner has never been
 * read to its end, or images of the entity wait to be judged. What turns up meanwhile is no change.
 */
export async function isCatchingUp(
  options: IsCatchingUpOptions,
): Promise<boolean> {
  const { transaction, entityRef } = options;
  const unread = await transaction('source_health')
    .whereIn('kind', ['cluster', 'scanner'])
    .where('state', 'starting')
    .whereNull('last_success_at')
    .first('name');
  if (unread) {
    return true;
  }
  const waiting = await transaction('verdict_work')
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'verdict_work.running_image_id',
    )
    .where('links.entity_ref', entityRef)
    .where('verdict_work.next_attempt_at', '<=', databaseTime(transaction))
    .first('verdict_work.running_image_id');
  return waiting !== undefined;
}
