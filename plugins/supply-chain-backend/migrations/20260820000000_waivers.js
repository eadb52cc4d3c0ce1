// @ts-check

/*
 * Waivers that are asked for and decided about on the page (L22). Those in version control stay in their documents.
 *
 * - A waiver goes forward only: a request is decided once, an approved one ends once, and none is ever revived.
 * - Two equal requests at the same time cannot both wait: `pending_key` is unique, and empty once one is decided.
 * - What people did is kept in rows that nothing changes or removes.
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
async function createWaivers(knex) {
  await knex.schema.createTable('waivers', table => {
    table.comment('Waivers of the page (L22)');
    table.string('id', 36).primary().notNullable();
    table
      .text('state')
      .notNullable()
      .comment(
        'pending, approved, denied, withdrawn or ended; that an approved one has run out, its expiry says',
      );
    table
      .string('pending_key', 64)
      .nullable()
      .unique('waivers_pending_key_unique')
      .comment('Hash of what a pending one is about; null once it is decided');
    table.text('rule').notNullable().comment('Id of the rule in the policy');
    table.text('policy').notNullable().comment('Name');
    table.text('reasons').notNullable().comment('JSON: codes it covers');
    table.boolean('include_unknown').notNullable();
    table.text('repository').nullable().comment('Scope; null: any');
    table.text('digest').nullable().comment('Scope; null: any');
    table
      .text('entity_ref')
      .nullable()
      .comment('Scope; null: every service that runs it');
    table.text('vulnerability').nullable().comment('Scope; null: any');
    table
      .text('about_entity_ref')
      .notNullable()
      .comment('The finding it was asked for');
    table.text('about_repository').notNullable();
    table.text('about_digest').nullable();
    table.text('reason').notNullable().comment('Words of the requester');
    table.text('ticket').nullable();
    table.text('requested_by').notNullable().comment('Full entity ref');
    instant(table, 'requested_at').notNullable();
    table
      .text('decided_by')
      .nullable()
      .comment('Who approved or denied it or took it back');
    instant(table, 'decided_at').nullable();
    table.text('ended_by').nullable().comment('Who ended it before its time');
    instant(table, 'ended_at').nullable();
    instant(table, 'expires').notNullable();
    table.index(['state', 'expires'], 'waivers_state_idx');
  });
}

/** @param {import('knex').Knex} knex */
async function createTrail(knex) {
  await knex.schema.createTable('waiver_events', table => {
    table.comment('Who did what to a waiver; rows are only ever added');
    table.increments('id').notNullable();
    table.string('waiver_id', 36).notNullable();
    instant(table, 'at').notNullable();
    table.text('actor').notNullable().comment('Full entity ref');
    table
      .text('verb')
      .notNullable()
      .comment('requested, approved, denied, withdrawn or ended');
    table.text('comment').nullable().comment('Words of the actor');
    table.text('before').notNullable().comment('JSON: what changed, as it was');
    table.text('after').notNullable().comment('JSON: what changed, as it is');
    table.index(['waiver_id', 'id'], 'waiver_events_waiver_idx');
  });
}

/** @param {import('knex').Knex} knex */
async function createWarnings(knex) {
  await knex.schema.createTable('waiver_warnings', table => {
    table.comment('Warnings of an end that were given, so that none is twice');
    table.text('source').notNullable().comment('git or portal');
    table.text('name').notNullable();
    instant(table, 'expires').notNullable();
    table
      .integer('days')
      .notNullable()
      .comment('Before the end; 0: it has ended');
    instant(table, 'warned_at').notNullable();
    table.primary(['source', 'name', 'expires', 'days']);
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createWaivers(knex);
  await createTrail(knex);
  await createWarnings(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('waiver_warnings');
  await knex.schema.dropTable('waiver_events');
  await knex.schema.dropTable('waivers');
};
