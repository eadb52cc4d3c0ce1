// @ts-check

/*
 * Subjects, the queue of looks at them, and what was found out.
 *
 * - A scan's findings are stored once under their hash: a daily rescan that finds the same adds nothing.
 * - The clocks of vulnerabilities are one row per repository, not one per vulnerability: a first sync of
 *   some thousand reports writes some thousand rows instead of some hundred thousand.
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
async function createEvidenceTables(knex) {
  await knex.schema.createTable('subjects', table => {
    table.comment('Images that run or ran: repository and digest (L2)');
    table.text('key').primary().notNullable().comment('repository@digest');
    table.text('repository').notNullable();
    table.text('digest').notNullable();
    table
      .text('image_refs')
      .notNullable()
      .comment('JSON: references workloads use for it');
    instant(table, 'first_seen').notNullable();
    instant(table, 'last_seen').notNullable();
    table.index('digest', 'subjects_digest_idx');
  });

  await knex.schema.createTable('subject_digests', table => {
    table.comment(
      'Digests a scan of the subject may name: its own, its platforms, the indexes that list it (L3)',
    );
    table.text('subject_key').notNullable();
    table.text('digest').notNullable();
    table.text('relation').notNullable().comment('self, child or parent');
    table.primary(['subject_key', 'digest']);
    table.index('digest', 'subject_digests_digest_idx');
  });

  await knex.schema.createTable('work', table => {
    table.comment('Subjects that are to be looked at');
    table.text('subject_key').primary().notNullable();
    instant(table, 'next_attempt_at').notNullable();
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Failed looks in a row');
    table
      .integer('priority')
      .notNullable()
      .defaultTo(0)
      .comment('Larger is sooner');
    table
      .boolean('fresh')
      .notNullable()
      .defaultTo(false)
      .comment('No cached negatives (L7)');
    instant(table, 'requested_at')
      .nullable()
      .comment('When somebody asked for it');
    table
      .string('ticket', 36)
      .notNullable()
      .comment(
        'Changes with every request, so that one made during a run is not lost',
      );
    table.text('lease_holder').nullable();
    instant(table, 'lease_expires_at').nullable();
    table.index(['next_attempt_at', 'priority'], 'work_due_idx');
  });

  await knex.schema.createTable('collector_state', table => {
    table.comment('What collectors keep between runs');
    table.text('collector').notNullable();
    table.text('key').notNullable();
    table.text('value').notNullable();
    table.primary(['collector', 'key']);
  });

  await knex.schema.createTable('evidence', table => {
    table.comment(
      'What collectors found out about subjects; facts, never judgement',
    );
    table.text('subject_key').notNullable();
    table.text('collector').notNullable();
    table.text('kind').notNullable();
    table.text('status').notNullable();
    table.text('reason').nullable();
    table.text('message').nullable();
    instant(table, 'observed_at').notNullable();
    instant(table, 'expires_at').nullable();
    table
      .text('last_look')
      .nullable()
      .comment('JSON: a later look that failed (L6)');
    table
      .text('hash')
      .notNullable()
      .comment('Of what verdicts depend on; equal means no event');
    table.text('detail').nullable().comment('JSON');
    table
      .text('trust')
      .nullable()
      .comment(
        'JSON: digest by name of the trust roots it was checked against',
      );
    instant(table, 'first_absent_at')
      .nullable()
      .comment('Since when nothing is found; sets the pace of looking (L7)');
    table.primary(['subject_key', 'collector', 'kind']);
  });

  await knex.schema.createTable('scans', table => {
    table.comment(
      'Findings of scans, stored once however many reports hold them',
    );
    table.string('hash', 64).primary().notNullable();
    table
      .text('detail')
      .notNullable()
      .comment('JSON: scanner, operating system and findings');
  });

  await knex.schema.createTable('reports', table => {
    table.comment('Scanner reports as their clusters hold them');
    table.text('feed').notNullable();
    table.text('source').notNullable().comment('Name of the cluster');
    table.text('uid').notNullable();
    table.text('namespace').notNullable();
    table.text('controller_kind').notNullable();
    table.text('controller_name').notNullable();
    table.text('container').notNullable();
    table.text('digest').nullable();
    table.text('repository').nullable();
    table.text('resource_version').notNullable();
    table
      .text('hash')
      .notNullable()
      .comment('Of the content without its resource version');
    table.text('status').notNullable();
    table.text('reason').nullable();
    table.text('message').nullable();
    table.text('subject').notNullable().comment('JSON');
    instant(table, 'observed_at').notNullable();
    instant(table, 'expires_at').nullable();
    instant(table, 'scanned_at').nullable();
    table
      .text('artifact')
      .nullable()
      .comment('JSON: what was scanned, as the scanner says');
    table.text('platform').nullable();
    table.string('scan_hash', 64).nullable();
    table.primary(['feed', 'source', 'uid']);
    table.index('digest', 'reports_digest_idx');
    table.index(
      ['source', 'namespace', 'controller_kind', 'controller_name'],
      'reports_controller_idx',
    );
    table.index('scan_hash', 'reports_scan_idx');
  });

  await knex.schema.createTable('vulnerability_clocks', table => {
    table.comment(
      'When vulnerabilities were first seen and first fixable, per repository (L21)',
    );
    table.text('repository').primary().notNullable();
    instant(table, 'known_since')
      .notNullable()
      .comment('Since when its scans are read: older ones are no history');
    table
      .text('clocks')
      .notNullable()
      .comment('JSON: by key of the vulnerability');
  });
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await createEvidenceTables(knex);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('vulnerability_clocks');
  await knex.schema.dropTable('reports');
  await knex.schema.dropTable('scans');
  await knex.schema.dropTable('evidence');
  await knex.schema.dropTable('collector_state');
  await knex.schema.dropTable('work');
  await knex.schema.dropTable('subject_digests');
  await knex.schema.dropTable('subjects');
};
