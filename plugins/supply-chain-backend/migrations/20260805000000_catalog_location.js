// @ts-check

/*
 * Where the catalog entry of an entity lives: whoever may write there says where its source is, so a source elsewhere is
 * shown (L24). Filled by the next read of the catalog, which finds that the entities differ.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entities', table => {
    table
      .text('catalog_location')
      .nullable()
      .comment('Repository the catalog entry lives in, normalised URL');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entities', table => {
    table.dropColumn('catalog_location');
  });
};
