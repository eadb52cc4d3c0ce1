// @ts-check

/*
 * What the overview counts over the whole fleet is read from indexes alone: the rows beside hold a report each, and to
 * read them all takes many times as long.
 */

const LISTED = ['entity_ref', 'running', 'outcome', 'reason', 'clusters'];

const COUNTED = [
  'counted',
  'running',
  'entity_ref',
  'subject_key',
  'running_image_id',
  'signature_outcome',
  'provenance_outcome',
  'registry_outcome',
  'scan_outcome',
  'fixable_critical',
  'fixable_critical_overdue',
];

const WORKLOADS = [
  'running',
  'annotated',
  'cluster',
  'namespace',
  'workload_kind',
  'workload_name',
  'id',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entity_summaries', table => {
    table.index(LISTED, 'entity_summaries_listed_idx');
  });
  await knex.schema.alterTable('image_summaries', table => {
    table.index(COUNTED, 'image_summaries_counted_idx');
  });
  await knex.schema.alterTable('running_images', table => {
    table.index(WORKLOADS, 'running_images_workloads_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('running_images', table => {
    table.dropIndex(WORKLOADS, 'running_images_workloads_idx');
  });
  await knex.schema.alterTable('image_summaries', table => {
    table.dropIndex(COUNTED, 'image_summaries_counted_idx');
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.dropIndex(LISTED, 'entity_summaries_listed_idx');
  });
};
