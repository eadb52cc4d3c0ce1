import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { requestVerdicts } from '../verdicts/requestVerdicts';

/** Options of {@link removeReferences}. */
export type RemoveReferencesOptions = {
  transaction: Knex.Transaction;
  runningImageIds: string[];
};

/** Forgets images that no annotation names any more: nothing ever ran, so nothing is kept as last known. */
export async function removeReferences(
  options: RemoveReferencesOptions,
): Promise<void> {
  const { transaction, runningImageIds } = options;
  for (const ids of chunksOf([...runningImageIds].sort())) {
    // The queue first: who is just resolving one of them waits here, and then finds that its task is gone.
    await transaction('reference_work')
      .whereIn('running_image_id', ids)
      .delete();
    await transaction('running_image_entities')
      .whereIn('running_image_id', ids)
      .delete();
    await transaction('running_images').whereIn('id', ids).delete();
  }
  // The engine takes away what was judged of them.
  await requestVerdicts({ transaction, runningImageIds });
}
