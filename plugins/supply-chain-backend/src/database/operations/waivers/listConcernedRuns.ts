import { WaiverScope } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { RunningImageRow } from '../../tables';

/** Options of {@link listConcernedRuns}. */
export type ListConcernedRunsOptions = { knex: Knex; scope: WaiverScope };

/** Ids of the images in the scope of a waiver that run or are named by an annotation. */
export async function listConcernedRuns(
  options: ListConcernedRunsOptions,
): Promise<string[]> {
  const { knex, scope } = options;
  const { repository, digest, entity } = scope;
  if (!repository && !digest && !entity) {
    return [];
  }
  const runs = knex<RunningImageRow>('running_images')
    .where({ running: true })
    .select('id');
  if (repository) {
    runs.where({ repository });
  }
  if (digest) {
    runs.where({ digest });
  }
  if (entity) {
    runs.whereIn(
      'id',
      knex('running_image_entities')
        .where({ entity_ref: entity })
        .select('running_image_id'),
    );
  }
  const rows = await runs;
  return rows.map(({ id }) => id);
}
