// @ts-check

/*
 * What other enforcers report, beside our own rules and never part of them.
 *
 * A report names the object it is about: a pod or a ReplicaSet as often as a Deployment. It is kept by that name, and
 * joined with the pods when it is read: a pod may be seen after the report on it.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('policy_reports', table => {
    table.comment('Reports of other enforcers as their clusters hold them');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable();
    table.text('resource_version').notNullable();
    table
      .text('hash')
      .notNullable()
      .comment('Of what is told without its times; equal means no event');
    table.primary(['feed', 'source', 'uid']);
  });
  await knex.schema.createTable('policy_report_objects', table => {
    table.comment('What a report tells of one object');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable().comment('uid of the report');
    table.integer('position').notNullable().comment('Within the report');
    table.text('namespace').notNullable();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table
      .text('object_uid')
      .nullable()
      .comment('uid of the object, when the report gives one');
    table.text('evidence').notNullable().comment('JSON');
    table.primary(['feed', 'source', 'uid', 'position']);
    table.index(
      ['source', 'namespace', 'kind', 'name'],
      'policy_report_objects_object_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_report_objects');
  await knex.schema.dropTable('policy_reports');
};
