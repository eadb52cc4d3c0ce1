import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageRow } from '../../tables';
import { dueOrUnderWay } from './dueOrUnderWay';

/** Options of {@link listPending}. */
export type ListPendingOptions = {
  knex: Knex;
  runs: Pick<RunningImageRow, 'id' | 'subject_key'>[];
};

/** Ids of the images whose reference, look or verdict is queued or under way. */
export async function listPending(
  options: ListPendingOptions,
): Promise<Set<string>> {
  const { knex, runs } = options;
  const pending = new Set<string>();
  for (const chunk of chunksOf(runs)) {
    const keys = chunk.flatMap(run => run.subject_key ?? []);
    const subjects: string[] = await knex('work')
      .whereIn('subject_key', [...new Set(keys)])
      .modify(query => dueOrUnderWay(knex, query))
      .pluck('subject_key');
    const verdicts = await pendingIn('verdict_work', { knex, runs: chunk });
    const references = await pendingIn('reference_work', { knex, runs: chunk });
    chunk
      .filter(
        run =>
          verdicts.includes(run.id) ||
          references.includes(run.id) ||
          (run.subject_key && subjects.includes(run.subject_key)),
      )
      .forEach(run => pending.add(run.id));
  }
  return pending;
}

async function pendingIn(
  table: 'verdict_work' | 'reference_work',
  { knex, runs }: ListPendingOptions,
): Promise<string[]> {
  return knex(table)
    .whereIn(
      'running_image_id',
      runs.map(run => run.id),
    )
    .modify(query => dueOrUnderWay(knex, query))
    .pluck('running_image_id');
}
