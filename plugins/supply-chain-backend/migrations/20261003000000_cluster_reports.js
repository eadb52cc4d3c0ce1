// @ts-check

/*
 * What is reported on a cluster as a whole: checks of objects in no namespace, controls of compliance frameworks, and
 * vulnerabilities of the components the cluster is made of.
 *
 * The reports lie in `policy_reports` like all of their feed. What they say is apart from what is said of workloads, so
 * that no query about services can meet it (L33), and row by row, so that pages and filters read no documents.
 */

/** @param {import('knex').Knex} knex */
async function createReports(knex) {
  await knex.schema.createTable('cluster_reports', table => {
    table.comment('What one report says of a cluster as a whole');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable().comment('uid of the report');
    table
      .text('kind')
      .notNullable()
      .comment('checks, compliance or vulnerabilities');
    table.text('topic').notNullable().comment('Of checks; otherwise empty');
    table
      .text('object_kind')
      .notNullable()
      .comment('Of checks: the object in no namespace; otherwise empty');
    table.text('object_name').notNullable();
    table.integer('left_out').notNullable().comment('Results not kept');
    table.text('observed_at').notNullable();
    table.text('detail').notNullable().comment('JSON, without the entries');
    table.primary(['feed', 'source', 'uid']);
    table.index(['source', 'kind'], 'cluster_reports_kind_idx');
  });
}

/** @param {import('knex').Knex} knex */
async function createEntries(knex) {
  await knex.schema.createTable('cluster_report_entries', table => {
    table.comment('Results of checks, controls and findings, one row each');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable().comment('uid of the report');
    table.integer('position').notNullable().comment('Within the report');
    table.text('kind').notNullable().comment('That of the report');
    table.text('topic').notNullable().comment('That of the report');
    table
      .text('entry_id')
      .notNullable()
      .comment('Id of the check, control or vulnerability');
    table
      .text('status')
      .notNullable()
      .comment('What came out; found for a vulnerability');
    table.smallint('status_rank').notNullable().comment('0 is the worst');
    table.smallint('severity_rank').notNullable().comment('0 is the worst');
    table.boolean('fixable').notNullable();
    table
      .boolean('about_secrets')
      .notNullable()
      .comment('Told to those who may know of secrets');
    table.text('search').notNullable().comment('Lower case');
    table.text('detail').notNullable().comment('JSON');
    table.primary(['feed', 'source', 'uid', 'position']);
    table.index(
      ['source', 'kind', 'status', 'topic', 'entry_id'],
      'cluster_report_entries_entry_idx',
    );
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createReports(knex);
  await createEntries(knex);
  await knex.schema.alterTable('source_health', table => {
    table
      .text('parts')
      .nullable()
      .comment('JSON: how each resource it is read by is doing');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('source_health', table => {
    table.dropColumn('parts');
  });
  await knex.schema.dropTable('cluster_report_entries');
  await knex.schema.dropTable('cluster_reports');
};
