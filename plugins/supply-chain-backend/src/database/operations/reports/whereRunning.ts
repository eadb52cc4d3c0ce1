import { Knex } from 'knex';

/** Leaves of `reports` those that may speak for something that runs: by their digest, or by their controller. */
export function whereRunning(
  knex: Knex | Knex.Transaction,
  query: Knex.QueryBuilder,
): void {
  query.where(either =>
    either.whereExists(byDigest(knex)).orWhereExists(byController(knex)),
  );
}

/** The others. */
export function whereNotRunning(
  knex: Knex | Knex.Transaction,
  query: Knex.QueryBuilder,
): void {
  query.whereNotExists(byDigest(knex)).whereNotExists(byController(knex));
}

function byDigest(knex: Knex | Knex.Transaction): Knex.QueryBuilder {
  return knex('subject_digests as members')
    .join(
      'running_images as images',
      'images.subject_key',
      'members.subject_key',
    )
    .whereRaw('members.digest = reports.digest')
    .where({ 'images.running': true, 'images.annotated': false })
    .select(knex.raw('1'));
}

function byController(knex: Knex | Knex.Transaction): Knex.QueryBuilder {
  return knex('running_image_controllers as controllers')
    .join(
      'running_images as images',
      'images.id',
      'controllers.running_image_id',
    )
    .whereRaw('controllers.cluster = reports.source')
    .whereRaw('controllers.namespace = reports.namespace')
    .whereRaw('controllers.kind = reports.controller_kind')
    .whereRaw('controllers.name = reports.controller_name')
    .where({ 'images.running': true })
    .select(knex.raw('1'));
}
