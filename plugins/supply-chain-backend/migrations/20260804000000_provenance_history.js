// @ts-check

/*
 * What the history compares and tells about how an image was made: status, level and source repository.
 *
 * The columns of images are written with judgements; forgetting which policies were in force has everything judged
 * once more.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('image_summaries', table => {
    table
      .text('provenance_status')
      .nullable()
      .comment('Null: nobody asks, or nobody has looked yet');
    table.integer('provenance_level').nullable().comment('SLSA Build level');
    table
      .text('provenance_source')
      .nullable()
      .comment('Repository it was built from');
  });
  await knex.schema.alterTable('history', table => {
    table
      .integer('level')
      .nullable()
      .comment('SLSA Build level; of provenance only');
    table.integer('previous_level').nullable();
    table
      .text('source')
      .nullable()
      .comment('Repository the image was built from; of provenance only');
    table.text('previous_source').nullable();
  });
  await knex('settings').where({ key: 'policySetDigest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('history').where({ kind: 'provenance' }).delete();
  await knex.schema.alterTable('history', table => {
    table.dropColumn('level');
    table.dropColumn('previous_level');
    table.dropColumn('source');
    table.dropColumn('previous_source');
  });
  await knex.schema.alterTable('image_summaries', table => {
    table.dropColumn('provenance_status');
    table.dropColumn('provenance_level');
    table.dropColumn('provenance_source');
  });
};
