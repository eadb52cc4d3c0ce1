import { Knex } from 'knex';

/**
 * Narrows a query of annotated images `named` with their `links` to those whose entity runs something from the same
 * repository (L30). A container that never started proves nothing: anybody may write any reference into a pod.
 */
export function whereLinked(knex: Knex, query: Knex.QueryBuilder): void {
  query.whereExists(runningAlike(knex));
}

/** The opposite of {@link whereLinked}. */
export function whereNotLinked(knex: Knex, query: Knex.QueryBuilder): void {
  query.whereNotExists(runningAlike(knex));
}

function runningAlike(knex: Knex): Knex.QueryBuilder {
  return knex('running_images as runs')
    .join(
      'running_image_entities as owners',
      'owners.running_image_id',
      'runs.id',
    )
    .whereRaw('owners.entity_ref = links.entity_ref')
    .whereRaw('runs.repository = named.repository')
    .where({
      'runs.annotated': false,
      'runs.running': true,
      'runs.started': true,
    })
    .select(knex.raw('1'));
}
