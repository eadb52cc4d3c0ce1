// @ts-check

/*
 * When a report was last written, by the clock of the database: admission webhooks ask for what changed since they last
 * asked, and the dates in the reports themselves are those of the scanners.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reports', table => {
    table
      .string('changed_at', 24)
      .notNullable()
      .defaultTo('')
      .comment('When it was last written; empty: before this column');
    table.index(
      ['changed_at', 'feed', 'source', 'uid'],
      'reports_changed_at_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('reports', table => {
    table.dropIndex(
      ['changed_at', 'feed', 'source', 'uid'],
      'reports_changed_at_idx',
    );
    table.dropColumn('changed_at');
  });
};
