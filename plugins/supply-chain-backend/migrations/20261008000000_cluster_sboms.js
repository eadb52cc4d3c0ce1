// @ts-check

/*
 * What clusters are made of, as SBOMs tell: the control plane, nodes and add-ons. It is of no digest, and goes with the
 * report that tells it. The components lie in `sbom_components`, as those of images do.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_sboms', table => {
    table.comment('SBOMs of clusters, one for each report');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable().comment('uid of the report');
    table
      .text('name')
      .notNullable()
      .comment('What it is called in the document; empty: not said');
    table.text('version').notNullable().comment('Empty: not said');
    table.string('generated_at', INSTANT).notNullable();
    table.text('detail').notNullable().comment('JSON, without the components');
    table.integer('component_count').notNullable();
    table.string('components_hash', 64).notNullable();
    table.primary(['feed', 'source', 'uid']);
    table.index(['source', 'generated_at'], 'cluster_sboms_newest_idx');
    table.index('components_hash', 'cluster_sboms_components_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_sboms');
};
