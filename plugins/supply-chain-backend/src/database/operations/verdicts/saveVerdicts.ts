import { Knex } from 'knex';
import {
  EndedTask,
  JudgedTask,
  SavedVerdicts,
} from '../../../stores/VerdictStore';
import { isPostgres } from '../../databaseTime';
import { SettingRow } from '../../tables';
import { recordImageChanges } from '../history/recordImageChanges';
import { readImageStates } from '../summaries/readImageStates';
import { updateEntitySummaries } from '../summaries/updateEntitySummaries';
import { completeVerdictWork } from './completeVerdictWork';
import { endVerdicts } from './endVerdicts';
import { writeJudgements } from './writeJudgements';

/** Options of {@link saveVerdicts}. */
export type SaveVerdictsOptions = {
  knex: Knex;
  judged: JudgedTask[];
  ended: EndedTask[];
  now: Date;
};

/**
 * Stores what came of some tasks: verdicts, what is shown of images and entities, history, notifications to be sent and
 * the next evaluation. All or nothing; tasks whose lease was lost are left to whoever has it.
 */
export async function saveVerdicts(
  options: SaveVerdictsOptions,
): Promise<SavedVerdicts> {
  const { knex, now } = options;
  return knex.transaction(async transaction => {
    const judged: JudgedTask[] = [];
    for (const each of options.judged) {
      if (await completeVerdictWork({ transaction, ...each })) {
        judged.push(each);
      }
    }
    const ended: EndedTask[] = [];
    for (const each of options.ended) {
      if (await completeVerdictWork({ transaction, ...each })) {
        ended.push(each);
      }
    }
    const runningImageIds = [...judged, ...ended].map(
      each => each.task.runningImageId,
    );
    const before = await readImageStates({
      transaction,
      runningImageIds,
      judged,
    });
    const written = await writeJudgements({ transaction, judged });
    const stopped = await endVerdicts({ transaction, ended });
    const changes = await recordImageChanges({
      transaction,
      before,
      judged,
      now,
    });
    const entityRefs = [...written.entityRefs, ...stopped.entityRefs];
    await updateEntitySummaries({ transaction, entityRefs, now });
    await keepLastEvaluation(transaction, now);
    return { changed: entityRefs.length > 0, changes };
  });
}

/** L26: kept as the latest of all replicas. */
async function keepLastEvaluation(
  transaction: Knex.Transaction,
  now: Date,
): Promise<void> {
  const latest = isPostgres(transaction) ? 'greatest' : 'max';
  await transaction<SettingRow>('settings')
    .insert({ key: 'lastEvaluatedAt', value: now.toISOString() })
    .onConflict('key')
    .merge({
      value: transaction.raw(`${latest}(settings.value, excluded.value)`),
    });
}
