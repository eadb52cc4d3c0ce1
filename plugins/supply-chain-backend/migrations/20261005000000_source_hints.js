// @ts-check

/*
 * What other systems pushed about a source. It may arrive at any replica, and is for the one that holds the source; rows
 * are taken within seconds and are never evidence.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('source_hints', table => {
    table.comment('Where the holder of a source is to look before its turn');
    table.string('feed', 100).notNullable();
    table.string('source', 255).notNullable();
    table
      .string('hint', 512)
      .notNullable()
      .comment('In words of the feed; empty: everything');
    table.string('received_at', INSTANT).notNullable();
    table.primary(['feed', 'source', 'hint']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('source_hints');
};
