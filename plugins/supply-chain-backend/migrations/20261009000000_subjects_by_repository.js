// @ts-check

/*
 * Images to compare one with are those of its repository, the last seen first: read from an index alone, for a fleet has
 * tens of thousands of images.
 */

const INDEXED = ['repository', 'last_seen', 'key'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('subjects', table => {
    table.index(INDEXED, 'subjects_repository_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('subjects', table => {
    table.dropIndex(INDEXED, 'subjects_repository_idx');
  });
};
