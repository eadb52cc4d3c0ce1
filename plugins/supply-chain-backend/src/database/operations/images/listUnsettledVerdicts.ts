import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { VerdictWorkRow } from '../../tables';
import { dueOrUnderWay } from './dueOrUnderWay';

/** Options of {@link listUnsettledVerdicts}. */
export type ListUnsettledVerdictsOptions = {
  knex: Knex;
  runningImageIds: string[];
};

/** Ids of the running images whose facts may differ from those they were judged by: to be judged, or it failed. */
export async function listUnsettledVerdicts(
  options: ListUnsettledVerdictsOptions,
): Promise<Set<string>> {
  const { knex, runningImageIds } = options;
  const unsettled = new Set<string>();
  for (const ids of chunksOf(runningImageIds)) {
    const found: string[] = await knex<VerdictWorkRow>('verdict_work')
      .whereIn('running_image_id', ids)
      .where(query =>
        query
          .where('attempts', '>', 0)
          .orWhere(inner => dueOrUnderWay(knex, inner)),
      )
      .pluck('running_image_id');
    found.forEach(id => unsettled.add(id));
  }
  return unsettled;
}
