import { Knex } from 'knex';
import { EndedTask } from '../../../stores/VerdictStore';
import {
  ImageSignerRow,
  ImageSummaryRow,
  RunningImageRow,
  VerdictRow,
} from '../../tables';
import { judgedImageOf } from '../summaries/imageSummaryRow';
import { releaseFindingSets } from '../vulnerabilities/releaseFindingSets';

/** Options of {@link endVerdicts}. */
export type EndVerdictsOptions = {
  transaction: Knex.Transaction;
  ended: EndedTask[];
};

/**
 * Marks what was judged of images that no longer run as last known, and removes it for those that are forgotten.
 * Returns the entities something changed for.
 */
export async function endVerdicts(
  options: EndVerdictsOptions,
): Promise<{ entityRefs: string[] }> {
  const { transaction, ended } = options;
  const ids = ended.map(each => each.task.runningImageId);
  const images = new Map<string, RunningImageRow>();
  const rows: RunningImageRow[] = await transaction<RunningImageRow>(
    'running_images',
  ).whereIn('id', ids);
  rows.forEach(row => images.set(row.id, row));
  const summaries: ImageSummaryRow[] = await transaction<ImageSummaryRow>(
    'image_summaries',
  ).whereIn('running_image_id', ids);
  for (const summary of summaries) {
    const { running_image_id, entity_ref } = summary;
    const place = { running_image_id, entity_ref };
    const image = images.get(running_image_id);
    if (!image) {
      await transaction<VerdictRow>('verdicts').where(place).delete();
      await transaction<ImageSignerRow>('image_signers').where(place).delete();
      await transaction<ImageSummaryRow>('image_summaries')
        .where(place)
        .delete();
    } else if (!image.running) {
      const judged = judgedImageOf({ ...summary, running: false });
      judged.placement = judged.placement && {
        ...judged.placement,
        lastSeen: image.last_seen,
      };
      await transaction<ImageSummaryRow>('image_summaries')
        .where(place)
        .update({
          running: false,
          counted_key: null,
          judged: JSON.stringify(judged),
          finding_set: null,
        });
      await transaction<VerdictRow>('verdicts')
        .where(place)
        .update({ counted_key: null });
    }
  }
  await releaseFindingSets({
    transaction,
    setIds: summaries.flatMap(summary => summary.finding_set ?? []),
  });
  return { entityRefs: summaries.map(summary => summary.entity_ref) };
}
