import { Knex } from 'knex';
import { JudgedTask, Judgement } from '../../../stores/VerdictStore';
import { ImageSignerRow, ImageSummaryRow, VerdictRow } from '../../tables';
import {
  countedKeyOf,
  imageSummaryRowOf,
  judgedHash,
  judgedImageOf,
  provenanceColumnsOf,
} from '../summaries/imageSummaryRow';
import { indexFindings } from '../vulnerabilities/indexFindings';
import { releaseFindingSets } from '../vulnerabilities/releaseFindingSets';
import { replaceSigners } from './replaceSigners';
import { replaceVerdicts } from './replaceVerdicts';

/** Options of {@link writeJudgements}. */
export type WriteJudgementsOptions = {
  transaction: Knex.Transaction;
  judged: JudgedTask[];
};

/**
 * Writes judgements that differ from those stored and removes those for entities an image no longer belongs to.
 * Returns the entities something changed for, empty ref included.
 */
export async function writeJudgements(
  options: WriteJudgementsOptions,
): Promise<{ entityRefs: string[] }> {
  const { transaction, judged } = options;
  const stored: ImageSummaryRow[] = await transaction<ImageSummaryRow>(
    'image_summaries',
  ).whereIn(
    'running_image_id',
    judged.map(each => each.task.runningImageId),
  );
  const entityRefs = new Set<string>();
  const setIds: number[] = [];
  for (const { task, judgements } of judged) {
    const { runningImageId } = task;
    const before = stored.filter(
      row => row.running_image_id === runningImageId,
    );
    for (const judgement of judgements) {
      const row = before.find(each => each.entity_ref === judgement.entityRef);
      if (!row || differs(row, judgement)) {
        await replaceVerdicts({ transaction, runningImageId, judgement });
        await transaction<ImageSummaryRow>('image_summaries')
          .insert(imageSummaryRowOf({ runningImageId, judgement }))
          .onConflict(['running_image_id', 'entity_ref'])
          .merge();
        await replaceSigners({ transaction, runningImageId, judgement });
        entityRefs.add(judgement.entityRef);
      }
    }
    const kept = judgements.map(each => each.entityRef);
    for (const { entity_ref, finding_set } of before) {
      if (!kept.includes(entity_ref)) {
        const place = { running_image_id: runningImageId, entity_ref };
        await transaction<VerdictRow>('verdicts').where(place).delete();
        await transaction<ImageSignerRow>('image_signers')
          .where(place)
          .delete();
        await transaction<ImageSummaryRow>('image_summaries')
          .where(place)
          .delete();
        if (finding_set !== null) {
          setIds.push(finding_set);
        }
        entityRefs.add(entity_ref);
      }
    }
  }
  await releaseFindingSets({ transaction, setIds });
  await indexFindings({
    transaction,
    judged: judged.flatMap(({ task, judgements }) =>
      judgements.map(judgement => ({
        runningImageId: task.runningImageId,
        judgement,
      })),
    ),
  });
  return { entityRefs: [...entityRefs] };
}

/** A column that a later version added is filled although the judgement itself is the same. */
function differs(row: ImageSummaryRow, judgement: Judgement): boolean {
  const { judged } = judgement;
  const runningImageId = row.running_image_id;
  return (
    row.counted_key !== countedKeyOf({ runningImageId, judgement }) ||
    row.provenance_outcome !== (judged.answers.provenance ?? null) ||
    row.provenance_status !== provenanceColumnsOf(judged).provenance_status ||
    judgedHash(judgedImageOf(row)) !== judgedHash(judged)
  );
}
