// @ts-check

/*
 * Scanners delete their reports before they scan anew, and make them unreadable while they write: the last scan stands
 * meanwhile and grows older (L6).
 */

const GONE_COLUMNS = [
  'source',
  'namespace',
  'controller_kind',
  'controller_name',
  'gone_at',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('reports', table => {
    table
      .string('gone_at', 24)
      .nullable()
      .comment('Since when its cluster does not hold it any more');
    table
      .text('last_look')
      .nullable()
      .comment('JSON: a later state of it that could not be read (L6)');
    // None of what the clusters hold is in it.
    table.index(GONE_COLUMNS, 'reports_gone_idx', {
      predicate: knex.whereNotNull('gone_at'),
    });
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Before, what stands without its cluster holding it was not known, and would never be removed again.
  await knex('reports').whereNotNull('gone_at').delete();
  await knex.schema.alterTable('reports', table => {
    table.dropIndex(GONE_COLUMNS, 'reports_gone_idx');
    table.dropColumn('gone_at');
    table.dropColumn('last_look');
  });
};
