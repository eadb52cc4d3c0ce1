// @ts-check

/*
 * Whose signatures policies accept for an image, one row each: how many images a trust root verifies and how many stand
 * on one key alone is counted by one query instead of reading every judgement.
 *
 * The rows are written with judgements; forgetting which policies were in force has everything judged once more.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('image_signers', table => {
    table.comment(
      'Accepted signers of running images, one per trust root and signing system',
    );
    table.string('running_image_id', 64).notNullable();
    table
      .text('entity_ref')
      .notNullable()
      .comment('Empty: the workload belongs to no entity');
    table.text('trust_root').notNullable();
    table.text('scheme').notNullable();
    table
      .string('signer_id', 64)
      .notNullable()
      .comment('Hash; equal for one key or identity');
    table.text('signer').notNullable().comment('Fingerprint or subject');
    table.primary([
      'running_image_id',
      'entity_ref',
      'trust_root',
      'scheme',
      'signer_id',
    ]);
    table.index('trust_root', 'image_signers_root_idx');
  });
  await knex('settings').where({ key: 'policySetDigest' }).delete();
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('image_signers');
};
