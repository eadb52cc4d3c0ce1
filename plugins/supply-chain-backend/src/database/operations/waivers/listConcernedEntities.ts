import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import {
  listConcernedRuns,
  ListConcernedRunsOptions,
} from './listConcernedRuns';

/** Entities that run, or name in an annotation, what is in the scope of a waiver. */
export async function listConcernedEntities(
  options: ListConcernedRunsOptions,
): Promise<string[]> {
  const { knex, scope } = options;
  if (scope.entity) {
    return [scope.entity];
  }
  const found = new Set<string>();
  for (const ids of chunksOf(await listConcernedRuns(options))) {
    for (const ref of await linkedTo(knex, ids)) {
      found.add(ref);
    }
  }
  return [...found].sort();
}

async function linkedTo(knex: Knex, ids: string[]): Promise<string[]> {
  return knex('running_image_entities')
    .whereIn('running_image_id', ids)
    .distinct()
    .pluck('entity_ref');
}
