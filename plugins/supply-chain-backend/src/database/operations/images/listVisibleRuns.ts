import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { selectVisibleRuns, VisibleRun } from './selectVisibleRuns';

export type { VisibleRun } from './selectVisibleRuns';

/** Options of {@link listVisibleRuns}. */
export type ListVisibleRunsOptions = {
  knex: Knex;
  subjectKey: string;
  visible: VisibleEntities;
};

/**
 * Where one image runs, as far as the caller may see: an image is readable if and only if
 * this is not empty (L33). One row for each pair of running image and entity.
 */
export async function listVisibleRuns(
  options: ListVisibleRunsOptions,
): Promise<VisibleRun[]> {
  const { subjectKey, ...rest } = options;
  return selectVisibleRuns({
    ...rest,
    restrict: query => query.where('running_images.subject_key', subjectKey),
  });
}
