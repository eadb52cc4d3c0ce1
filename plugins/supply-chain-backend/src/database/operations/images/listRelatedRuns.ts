import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { RunningImageRow, SubjectRow } from '../../tables';
import { selectVisibleRuns, VisibleRun } from './selectVisibleRuns';

/** A workload in a cluster. */
export type WorkloadPlace = Pick<
  RunningImageRow,
  'cluster' | 'namespace' | 'workload_kind' | 'workload_name'
>;

/** Options of {@link listRelatedRuns}. */
export type ListRelatedRunsOptions = {
  knex: Knex;
  visible: VisibleEntities;
  repository: string;
  workloads: readonly WorkloadPlace[];
};

/** Far more than a person picks from; those last seen are kept. */
const ROWS_MAX = 1_000;
/** Below what either engine takes as parameters of one query. */
const SUBJECTS_MAX = 5_000;
/** An image may run in hundreds of workloads; a few tell what ran before. */
const WORKLOADS_MAX = 20;

/** What runs or ran from a repository or in one of some workloads, and has a digest, as far as the caller may see (L33). */
export async function listRelatedRuns(
  options: ListRelatedRunsOptions,
): Promise<VisibleRun[]> {
  const { knex, visible, repository, workloads } = options;
  // A list and not a subquery, so that each part of the condition finds its index.
  const keys: string[] = await knex<SubjectRow>('subjects')
    .where({ repository })
    .orderBy('last_seen', 'desc')
    .limit(SUBJECTS_MAX)
    .pluck('key');
  return selectVisibleRuns({
    knex,
    visible,
    limit: ROWS_MAX,
    restrict: query =>
      query.whereNotNull('running_images.subject_key').where(either => {
        either.whereIn('running_images.subject_key', keys);
        for (const place of workloads.slice(0, WORKLOADS_MAX)) {
          either.orWhere({
            'running_images.cluster': place.cluster,
            'running_images.namespace': place.namespace,
            'running_images.workload_kind': place.workload_kind,
            'running_images.workload_name': place.workload_name,
          });
        }
      }),
  });
}
