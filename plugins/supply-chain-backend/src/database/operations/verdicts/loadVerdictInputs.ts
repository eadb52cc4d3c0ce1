import { Knex } from 'knex';
import { LoadedTasks, VerdictTask } from '../../../stores/VerdictStore';
import { RunningImageRow } from '../../tables';
import { loadFactsInputs } from './loadFactsInputs';

/** Options of {@link loadVerdictInputs}. */
export type LoadVerdictInputsOptions = { knex: Knex; tasks: VerdictTask[] };

/** Loads everything verdicts on some running images depend on, with a fixed number of queries. */
export async function loadVerdictInputs(
  options: LoadVerdictInputsOptions,
): Promise<LoadedTasks> {
  const { knex, tasks } = options;
  const rows: RunningImageRow[] = await knex<RunningImageRow>('running_images')
    .whereIn(
      'id',
      tasks.map(task => task.runningImageId),
    )
    .where({ running: true });
  const inputs = await loadFactsInputs({ knex, rows });
  return {
    running: tasks.flatMap(task => {
      const input = inputs.get(task.runningImageId);
      return input ? [{ ...input, task }] : [];
    }),
    ended: tasks
      .filter(task => !inputs.has(task.runningImageId))
      .map(task => ({ task })),
  };
}
