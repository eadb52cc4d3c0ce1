// @ts-check

/*
 * The answers to "built from our repository" beside those to the other questions, so that the overview counts and
 * filters by them.
 *
 * The columns are written with judgements; forgetting which policies were in force has everything judged once more.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('image_summaries', table => {
    table.text('provenance_outcome').nullable().comment('Null: no rule asks');
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.text('provenance_outcome').nullable();
    table.integer('provenance_pass').notNullable().defaultTo(0);
    table.integer('provenance_applicable').notNullable().defaultTo(0);
    table.integer('provenance_unknown').notNullable().defaultTo(0);
  });
  await knex('settings').where({ key: 'policySetDigest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('image_summaries', table => {
    table.dropColumn('provenance_outcome');
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.dropColumn('provenance_outcome');
    table.dropColumn('provenance_pass');
    table.dropColumn('provenance_applicable');
    table.dropColumn('provenance_unknown');
  });
};
