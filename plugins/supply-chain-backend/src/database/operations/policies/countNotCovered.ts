import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { countedSummaries } from '../images/countedSummaries';

/** Options of {@link countNotCovered}. */
export type CountNotCoveredOptions = { knex: Knex; visible: VisibleEntities };

/** How many running images no policy says anything of, wherever they run (L18). */
export async function countNotCovered(
  options: CountNotCoveredOptions,
): Promise<number> {
  const { knex } = options;
  const images = countedSummaries(options)
    .groupByRaw('coalesce(images.subject_key, images.running_image_id)')
    .havingRaw(
      "max(case images.outcome when 'notApplicable' then 0 else 1 end) = 0",
    )
    .select(knex.raw('1 as one'));
  const [{ count }] = await knex
    .from(images.as('images'))
    .count({ count: '*' });
  return Number(count);
}
