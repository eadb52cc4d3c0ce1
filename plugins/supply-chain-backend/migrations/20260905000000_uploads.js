// @ts-check

/*
 * Evidence that pipelines hand in. It speaks for one entity and one image (L9), and may come before anything runs; so it
 * stands apart from the reports of scanners, which are found by digest alone.
 */

/** Width of a fixed RFC 3339 instant. */
const INSTANT = 24;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('uploads', table => {
    table.comment('Evidence handed in about an image of an entity (L9)');
    table
      .string('id', 64)
      .primary()
      .notNullable()
      .comment('Of what a newer upload replaces: everything up to uploaded_by');
    table.text('entity_ref').notNullable();
    table.text('repository').notNullable();
    table.text('digest').notNullable();
    table.text('kind').notNullable().comment('vulnerabilities or vex');
    table
      .text('origin')
      .notNullable()
      .comment('Name of the scanner, or id of the document');
    table.text('platform').notNullable().comment('Empty: the report says none');
    table.text('trust').notNullable().comment('oidcUpload or tokenUpload');
    table.text('uploaded_by').notNullable();
    table.text('format').notNullable();
    table
      .string('body_hash', 64)
      .notNullable()
      .comment('Of the bytes: the same ones change nothing');
    table
      .string('made_at', INSTANT)
      .notNullable()
      .comment('When the scan or the document was made');
    table.string('uploaded_at', INSTANT).notNullable();
    table.string('scan_hash', 64).nullable().comment('Into scans');
    table
      .text('detail')
      .nullable()
      .comment('JSON: what the evidence holds besides');
    table.index(['digest', 'repository'], 'uploads_image_idx');
    table.index('scan_hash', 'uploads_scan_idx');
    table.index('uploaded_at', 'uploads_uploaded_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('uploads');
};
