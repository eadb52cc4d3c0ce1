// @ts-check

/*
 * What a source is stood in its name alone: a scanner of no cluster had a space in it, and what is known of exploits went
 * by a path. The first has a column now, the second is reported by the feed of its kind.
 */

const KINDS = ['knownExploited', 'exploitScores'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('source_health', table => {
    table
      .boolean('of_no_cluster')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it scans whatever runs, and is that of no cluster');
  });
  await knex('source_health')
    .where({ kind: 'scanner' })
    .where('name', 'like', '% %')
    .whereNotIn(
      'name',
      knex('source_health').where({ kind: 'cluster' }).select('name'),
    )
    .update({ of_no_cluster: true });
  for (const kind of KINDS) {
    await knex('source_health')
      .where({ feed: 'exploitData' })
      .whereIn('name', knex('exploit_data').where({ kind }).select('source'))
      .update({ feed: kind });
  }
  // Of a source that is not configured any more.
  await knex('source_health').where({ feed: 'exploitData' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('source_health')
    .whereIn('feed', KINDS)
    .update({ feed: 'exploitData' });
  await knex.schema.alterTable('source_health', table => {
    table.dropColumn('of_no_cluster');
  });
};
