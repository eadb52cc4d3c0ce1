// @ts-check

/*
 * What is in images, as SBOMs tell.
 *
 * - Reports come and go: an operator takes one away before it makes the next. What they tell of a digest stays, because the
 *   contents of a digest do not change.
 * - The list of components is stored once under its hash: a new document on the same contents adds nothing.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/** @param {import('knex').Knex} knex */
async function createReports(knex) {
  await knex.schema.createTable('sbom_reports', table => {
    table.comment('Reports with SBOMs as their clusters hold them');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable();
    table.text('namespace').notNullable();
    table.text('controller_kind').notNullable();
    table.text('controller_name').notNullable();
    table.text('container').notNullable();
    table.text('digest').nullable().comment('Absent for one that was refused');
    table.text('resource_version').notNullable();
    table
      .text('hash')
      .notNullable()
      .comment('Of the content without its resource version');
    table.text('status').notNullable();
    table.text('reason').nullable();
    table.text('message').nullable();
    table.string('observed_at', INSTANT).notNullable();
    table.primary(['feed', 'source', 'uid']);
    table.index('digest', 'sbom_reports_digest_idx');
    table.index(
      ['source', 'namespace', 'controller_kind', 'controller_name'],
      'sbom_reports_controller_idx',
    );
  });
}

/** @param {import('knex').Knex} knex */
async function createContents(knex) {
  await knex.schema.createTable('sboms', table => {
    table.comment('The newest SBOM of each digest and platform');
    table.text('digest').notNullable();
    table
      .text('platform')
      .notNullable()
      .comment('os/architecture it describes; empty: not known');
    table.text('feed').notNullable();
    table.string('generated_at', INSTANT).notNullable();
    table.text('detail').notNullable().comment('JSON, without the components');
    table.integer('component_count').notNullable();
    table.string('components_hash', 64).notNullable();
    table.primary(['digest', 'platform']);
    table.index('components_hash', 'sboms_components_idx');
  });
  await knex.schema.createTable('sbom_components', table => {
    table.comment('Components of SBOMs, stored once however many list them');
    table.string('hash', 64).primary().notNullable();
    table.text('components').notNullable().comment('JSON: all of them');
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createReports(knex);
  await createContents(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sbom_components');
  await knex.schema.dropTable('sboms');
  await knex.schema.dropTable('sbom_reports');
};
