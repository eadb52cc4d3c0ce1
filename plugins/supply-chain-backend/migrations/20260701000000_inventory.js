// @ts-check

/*
 * Catalog entities, pods, running images and the sources they are read from. Why the tables look as they do:
 *
 * - Instants are RFC 3339 text of fixed width in UTC. Both engines order it correctly, both return the
 *   same value, and it is what the API hands out. Leases and due dates are written and compared by the
 *   clock of the database (L26).
 * - JSON is text: it is read and written whole, never queried into. What is filtered or sorted by has
 *   a column of its own.
 * - Ids of running images are hashes of what makes them distinct, so that repeating a write is harmless.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/**
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 */
function instant(table, column) {
  return table.string(column, INSTANT);
}

/** @param {import('knex').Knex} knex */
async function createCatalogTables(knex) {
  await knex.schema.createTable('entities', table => {
    table.comment('Catalog entities, reduced to what links and policies need');
    table
      .text('ref')
      .primary()
      .notNullable()
      .comment('Full entity ref, lower case');
    table.text('kind').notNullable();
    table.text('namespace').notNullable();
    table.text('name').notNullable();
    table.text('title').nullable();
    table.text('type').nullable();
    table.text('owner').nullable().comment('Full entity ref of the owner');
    table.text('system').nullable().comment('Full entity ref of the system');
    table.text('domain').nullable().comment('Full entity ref of the domain');
    table.text('lifecycle').nullable();
    table.text('source_location').nullable().comment('Normalised URL');
    table
      .text('annotations')
      .notNullable()
      .comment('JSON: the annotations that are read');
    table
      .text('hash')
      .notNullable()
      .comment('Of all columns above; equal means no write');
    instant(table, 'seen_at')
      .notNullable()
      .comment('When the catalog was last seen to hold it');
    table.index('owner', 'entities_owner_idx');
    table.index('system', 'entities_system_idx');
  });
}

/** @param {import('knex').Knex} knex */
async function createInventoryTables(knex) {
  await knex.schema.createTable('pods', table => {
    table.comment('Pods as their clusters report them');
    table.text('feed').notNullable();
    table.text('cluster').notNullable();
    table.text('uid').notNullable();
    table.text('namespace').notNullable();
    table.text('workload_kind').notNullable();
    table.text('workload_name').notNullable();
    table.text('resource_version').notNullable();
    table
      .text('hash')
      .notNullable()
      .comment('Of the content without its resource version');
    table.text('content').notNullable().comment('JSON: the observed pod');
    table.primary(['feed', 'cluster', 'uid']);
    table.index(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      'pods_workload_idx',
    );
  });

  await knex.schema.createTable('running_images', table => {
    table.comment(
      'The same container of all pods of one workload that run the same image',
    );
    table
      .string('id', 64)
      .primary()
      .notNullable()
      .comment('Hash of what makes it distinct');
    table.text('cluster').notNullable();
    table.text('namespace').notNullable();
    table.text('workload_kind').notNullable();
    table.text('workload_name').notNullable();
    table.text('container').notNullable();
    table.text('container_type').notNullable();
    table.text('image_ref').notNullable().comment('As written in the pod');
    table.text('repository').nullable().comment('Normalised (L1)');
    table.text('digest').nullable();
    table.text('digest_source').notNullable();
    table
      .text('image_id_repository')
      .nullable()
      .comment('When imageID names another repository (L1)');
    table
      .text('subject_key')
      .nullable()
      .comment('repository@digest; null when either is unknown');
    table.text('platform').nullable();
    table.boolean('started').notNullable();
    table.text('waiting_reason').nullable();
    table.integer('pods').notNullable();
    table
      .text('controllers')
      .notNullable()
      .comment('JSON: controllers of the pods, for the join with reports');
    table
      .boolean('running')
      .notNullable()
      .comment('False: the last known state of something gone');
    table.text('hash').notNullable().comment('Of what verdicts depend on');
    instant(table, 'first_seen').notNullable();
    instant(table, 'last_seen').notNullable();
    table.index(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      'running_images_workload_idx',
    );
    table.index('subject_key', 'running_images_subject_idx');
    table.index('digest', 'running_images_digest_idx');
    table.index(['running', 'cluster'], 'running_images_running_idx');
  });

  await knex.schema.createTable('running_image_controllers', table => {
    table.comment(
      'Controllers of running images, for the join with scanner reports',
    );
    table.string('running_image_id', 64).notNullable();
    table.text('cluster').notNullable();
    table.text('namespace').notNullable();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table.primary(['running_image_id', 'kind', 'name']);
    table.index(
      ['cluster', 'namespace', 'kind', 'name'],
      'running_image_controllers_controller_idx',
    );
  });

  await knex.schema.createTable('running_image_entities', table => {
    table.comment('Which entities a running image belongs to');
    table.string('running_image_id', 64).notNullable();
    table.text('entity_ref').notNullable();
    table.primary(['running_image_id', 'entity_ref']);
    table.index('entity_ref', 'running_image_entities_entity_idx');
  });
}

/** @param {import('knex').Knex} knex */
async function createSourceTables(knex) {
  await knex.schema.createTable('cluster_leases', table => {
    table.comment(
      'Who watches which source; at most one holder, by the clock of the database (L26)',
    );
    table
      .text('cluster')
      .notNullable()
      .comment('Name of the source within its feed');
    table.text('source').notNullable().comment('Id of the feed');
    table
      .text('holder')
      .notNullable()
      .comment('Random id of a replica; empty when released');
    table
      .integer('fence')
      .notNullable()
      .comment('Grows with every change of holder; every write carries it');
    instant(table, 'expires_at').notNullable();
    table.primary(['cluster', 'source']);
  });

  await knex.schema.createTable('resume_points', table => {
    table.comment('Where the watch of a source goes on');
    table.text('feed').notNullable();
    table.text('source').notNullable();
    table.text('resource_version').notNullable();
    table.primary(['feed', 'source']);
  });

  await knex.schema.createTable('source_health', table => {
    table.comment('How each source is doing');
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table
      .text('feed')
      .nullable()
      .comment('Id of the feed or part that reports it');
    table.text('state').notNullable();
    table.text('reason').nullable();
    table.text('message').nullable();
    instant(table, 'last_success_at').nullable();
    instant(table, 'last_failure_at').nullable();
    instant(table, 'next_try_at').nullable();
    table.integer('items').nullable();
    table.primary(['kind', 'name']);
  });

  await knex.schema.createTable('settings', table => {
    table.comment(
      'Single values, for instance the last instant of evaluation (L26)',
    );
    table.text('key').primary().notNullable();
    table.text('value').notNullable();
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createCatalogTables(knex);
  await createInventoryTables(knex);
  await createSourceTables(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('settings');
  await knex.schema.dropTable('source_health');
  await knex.schema.dropTable('resume_points');
  await knex.schema.dropTable('cluster_leases');
  await knex.schema.dropTable('running_image_entities');
  await knex.schema.dropTable('running_image_controllers');
  await knex.schema.dropTable('running_images');
  await knex.schema.dropTable('pods');
  await knex.schema.dropTable('entities');
};
