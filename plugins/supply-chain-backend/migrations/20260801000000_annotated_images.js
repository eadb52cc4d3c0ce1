// @ts-check

/*
 * Images that annotations name (`supply-chain/images`). They stand among the running images, because they are looked at
 * and judged by the same queues, and are told apart by a column of their own: they have no place, so cluster, namespace,
 * workload and container are empty. Which digest a reference stands for is found out by a queue of its own.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

const TABLES_BY_IMAGE = [
  'running_image_entities',
  'verdict_work',
  'verdicts',
  'image_summaries',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('running_images', table => {
    table
      .boolean('annotated')
      .notNullable()
      .defaultTo(false)
      .comment('Named by an annotation of its entity; it has no place');
    table
      .text('digest_reason')
      .nullable()
      .comment('Reason code: why an annotated image has no digest');
    table.index('annotated', 'running_images_annotated_idx');
  });

  await knex.schema.createTable('reference_work', table => {
    table.comment(
      'Annotated images whose reference is to be resolved to a digest',
    );
    table.string('running_image_id', 64).primary().notNullable();
    table
      .boolean('needs_link')
      .notNullable()
      .defaultTo(false)
      .comment(
        'Read only while its entity runs something from its repository (L30)',
      );
    table.string('next_attempt_at', INSTANT).notNullable();
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Failed attempts in a row');
    table
      .string('ticket', 36)
      .notNullable()
      .comment(
        'Changes with every request, so that one made during a run is not lost',
      );
    table.text('lease_holder').nullable();
    table.string('lease_expires_at', INSTANT).nullable();
    table.index('next_attempt_at', 'reference_work_due_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('reference_work');
  const annotated = knex('running_images')
    .where({ annotated: true })
    .select('id');
  for (const table of TABLES_BY_IMAGE) {
    await knex(table).whereIn('running_image_id', annotated.clone()).delete();
  }
  await knex('running_images').where({ annotated: true }).delete();
  await knex.schema.alterTable('running_images', table => {
    table.dropIndex('annotated', 'running_images_annotated_idx');
  });
  await knex.schema.alterTable('running_images', table => {
    table.dropColumn('annotated');
    table.dropColumn('digest_reason');
  });
};
