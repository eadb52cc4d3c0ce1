// @ts-check

/*
 * Policies, verdicts, the summaries that lists read, history and notifications to be sent.
 *
 * - The summaries repeat what verdicts say in columns of their own: the overview of ten thousand services is
 *   one indexed query.
 * - Notifications are written in the transaction that makes them due and removed once sent, so that
 *   a replica killed in between loses none.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/**
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} column
 */
function instant(table, column) {
  return table.string(column, INSTANT);
}

/** @param {import('knex').Knex} knex */
async function createVerdictTables(knex) {
  await knex.schema.createTable('verdict_work', table => {
    table.comment('Running images that are to be judged');
    table.string('running_image_id', 64).primary().notNullable();
    instant(table, 'next_attempt_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('ticket', 36).notNullable();
    table.text('lease_holder').nullable();
    instant(table, 'lease_expires_at').nullable();
    table.index('next_attempt_at', 'verdict_work_due_idx');
  });

  await knex.schema.createTable('verdicts', table => {
    table.comment('One per running image, entity and policy (L18)');
    table.string('running_image_id', 64).notNullable();
    table
      .text('entity_ref')
      .notNullable()
      .comment('Empty: the workload belongs to no entity');
    table.text('policy_name').notNullable();
    table.text('policy_digest').notNullable();
    table.text('policy_title').nullable();
    table.text('outcome').notNullable();
    table.text('reason').nullable();
    table.text('findings').notNullable().comment('JSON');
    table.text('facts_digest').notNullable();
    table.text('waiver_digest').notNullable();
    instant(table, 'evaluated_at').notNullable();
    instant(table, 'next_change_at').nullable();
    table.text('signature_status').nullable();
    table.text('signature_reason').nullable();
    table.primary(['running_image_id', 'entity_ref', 'policy_name']);
    table.index('entity_ref', 'verdicts_entity_idx');
  });

  await knex.schema.createTable('image_summaries', table => {
    table.comment(
      'One per running image and entity: what lists, counts and filters read',
    );
    table.string('running_image_id', 64).notNullable();
    table
      .text('entity_ref')
      .notNullable()
      .comment('Empty: the workload belongs to no entity');
    table.text('subject_key').nullable();
    table.boolean('counted').notNullable().comment('False: never started (L4)');
    table.boolean('running').notNullable();
    table.text('outcome').notNullable();
    table.text('reason').nullable();
    table.text('signature_outcome').nullable().comment('Null: no rule asks');
    table.text('registry_outcome').nullable();
    table.text('scan_outcome').nullable();
    table.text('vulnerability_outcome').nullable();
    table.text('signature_status').nullable();
    table.integer('fixable_critical').notNullable().defaultTo(0);
    table.integer('fixable_critical_overdue').notNullable().defaultTo(0);
    table
      .text('judged')
      .notNullable()
      .comment('JSON: the judged image the summaries are made from');
    instant(table, 'evaluated_at').notNullable();
    table.primary(['running_image_id', 'entity_ref']);
    table.index(['entity_ref', 'subject_key'], 'image_summaries_entity_idx');
    table.index('subject_key', 'image_summaries_subject_idx');
  });

  await knex.schema.createTable('entity_summaries', table => {
    table.comment(
      'One per entity with running images: what the overview reads',
    );
    table.text('entity_ref').primary().notNullable();
    table.text('outcome').notNullable();
    table
      .integer('outcome_rank')
      .notNullable()
      .comment('0 is worst (L18), for sorting');
    table.text('reason').nullable();
    table
      .boolean('running')
      .notNullable()
      .comment('False: nothing runs now, the last known state is kept');
    table
      .boolean('settled')
      .notNullable()
      .comment(
        'True once everything that runs has been looked at; changes before it are not notified',
      );
    table
      .text('told_outcome')
      .nullable()
      .comment(
        'The last outcome that was more than "nobody has looked yet": changes are told from it',
      );
    table.text('signature_outcome').nullable();
    table.integer('signed_pass').notNullable().defaultTo(0);
    table.integer('signed_applicable').notNullable().defaultTo(0);
    table.integer('signed_unknown').notNullable().defaultTo(0);
    table.integer('registry_pass').notNullable().defaultTo(0);
    table.integer('registry_applicable').notNullable().defaultTo(0);
    table.integer('registry_unknown').notNullable().defaultTo(0);
    table.integer('fixable_critical').notNullable().defaultTo(0);
    table
      .integer('images')
      .notNullable()
      .defaultTo(0)
      .comment('Counted images');
    table.text('clusters').notNullable().comment('JSON: names');
    table
      .text('summary')
      .notNullable()
      .comment('JSON: the service row with tiles, counts and worst finding');
    table
      .text('problems')
      .notNullable()
      .comment('JSON: failing rules with reason, for notifications');
    table.text('hash').notNullable().comment('Equal means no event');
    instant(table, 'evaluated_at').nullable();
    instant(table, 'changed_at')
      .nullable()
      .comment('When the outcome last changed');
    table.index(['outcome_rank', 'entity_ref'], 'entity_summaries_outcome_idx');
    table.index('changed_at', 'entity_summaries_changed_idx');
  });

  await knex.schema.createTable('history', table => {
    table.comment(
      'What changed; rows are added and, by retention only, removed',
    );
    table.increments('id').notNullable();
    instant(table, 'at').notNullable();
    table
      .text('kind')
      .notNullable()
      .comment(
        'firstSeen, verdict, signature, vulnerabilities, lookFailed, lookRestored, or service for the whole entity',
      );
    table.text('repository').nullable();
    table.text('digest').nullable();
    table
      .text('entity_ref')
      .notNullable()
      .defaultTo('')
      .comment(
        'Empty: about the image whoever runs it, or an image of no entity',
      );
    table.string('running_image_id', 64).nullable();
    table.text('image_ref').nullable();
    table.text('outcome').nullable();
    table.text('previous_outcome').nullable();
    table.text('status').nullable();
    table.text('previous_status').nullable();
    table.text('reason').nullable();
    table.text('policy').nullable();
    table.index(['repository', 'digest', 'id'], 'history_image_idx');
    table.index(['entity_ref', 'id'], 'history_entity_idx');
    table.index(['kind', 'at'], 'history_kind_idx');
  });

  await knex.schema.createTable('alerts', table => {
    table.comment(
      'Notifications to be sent: written with the change, removed once sent, so that none is lost',
    );
    table
      .text('scope')
      .primary()
      .notNullable()
      .comment('One open notification per entity and rule');
    table.text('entity_ref').notNullable();
    table
      .text('content')
      .notNullable()
      .comment('JSON: kind, rule, outcome, reason, image');
    instant(table, 'created_at').notNullable();
    instant(table, 'next_attempt_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('lease_holder').nullable();
    instant(table, 'lease_expires_at').nullable();
  });

  await knex.schema.createTable('policy_documents', table => {
    table.comment('Policy sources with their last good bytes (L28)');
    table.text('source').primary().notNullable();
    table
      .text('bundle')
      .nullable()
      .comment(
        'JSON: the last good bytes of the document and the files it names',
      );
    table.text('digest').nullable();
    instant(table, 'loaded_at')
      .nullable()
      .comment('When these bytes were first loaded');
    table
      .text('state')
      .notNullable()
      .comment('ok, or failed: the last good bytes stay in force');
    table
      .text('problems')
      .notNullable()
      .comment('JSON: what is wrong with the bytes read last');
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createVerdictTables(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_documents');
  await knex.schema.dropTable('alerts');
  await knex.schema.dropTable('history');
  await knex.schema.dropTable('entity_summaries');
  await knex.schema.dropTable('image_summaries');
  await knex.schema.dropTable('verdicts');
  await knex.schema.dropTable('verdict_work');
};
