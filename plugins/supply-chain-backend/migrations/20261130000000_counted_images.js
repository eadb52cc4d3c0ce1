// @ts-check

/*
 * Summaries of images say what they count as, as verdicts do, and an index has them in that order: figures over the
 * whole fleet are read in one pass, without sorting all images by their names. Services have such indexes for the same,
 * and what runs one for looking for what belongs to none.
 */

const ANSWERS = [
  'signature_outcome',
  'provenance_outcome',
  'registry_outcome',
  'scan_outcome',
  'fixable_critical',
  'fixable_critical_overdue',
  'finding_set',
];
const BY_ENTITY = {
  name: 'image_summaries_counted_idx',
  columns: ['counted', 'running', 'entity_ref', 'counted_key', ...ANSWERS],
};
const BY_KEY = {
  name: 'image_summaries_key_idx',
  columns: ['counted_key', 'entity_ref', ...ANSWERS],
};
const BY_OUTCOME = {
  name: 'entity_summaries_reasons_idx',
  columns: ['outcome', 'reason', 'entity_ref'],
};
const BY_CLUSTERS = {
  name: 'entity_summaries_clusters_idx',
  columns: ['running', 'clusters', 'entity_ref'],
};
/** What services are listed, counted and sorted by, beside each other: their whole rows hold a report each. */
const LISTED = {
  name: 'entity_summaries_listed_idx',
  columns: [
    'entity_ref',
    'running',
    'outcome',
    'outcome_rank',
    'changed_at',
    'reason',
    'clusters',
  ],
};
const LISTED_BEFORE = {
  name: 'entity_summaries_listed_idx',
  columns: ['entity_ref', 'running', 'outcome', 'reason', 'clusters'],
};
const BY_OWNER = { name: 'entities_owner_idx', columns: ['owner', 'ref'] };
const BY_OWNER_BEFORE = { name: 'entities_owner_idx', columns: ['owner'] };
const BY_LIFECYCLE = {
  name: 'entities_lifecycle_idx',
  columns: ['lifecycle', 'ref'],
};
const BY_ID = {
  name: 'running_images_ids_idx',
  columns: ['annotated', 'running', 'id'],
};
const BEFORE = {
  name: 'image_summaries_counted_idx',
  columns: [
    'counted',
    'running',
    'entity_ref',
    'subject_key',
    'running_image_id',
    ...ANSWERS,
  ],
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('image_summaries', table => {
    table
      .text('counted_key')
      .nullable()
      .comment(
        'The image it is counted as, wherever it runs; null: it never started (L4) or no longer runs',
      );
    table.dropIndex(BEFORE.columns, BEFORE.name);
  });
  await knex('image_summaries')
    .where({ counted: true, running: true })
    .update({
      counted_key: knex.raw('coalesce(subject_key, running_image_id)'),
    });
  await knex.schema.alterTable('image_summaries', table => {
    table.index(BY_ENTITY.columns, BY_ENTITY.name);
    table.index(BY_KEY.columns, BY_KEY.name);
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.dropIndex(LISTED_BEFORE.columns, LISTED_BEFORE.name);
    table.index(LISTED.columns, LISTED.name);
    table.index(BY_OUTCOME.columns, BY_OUTCOME.name);
    table.index(BY_CLUSTERS.columns, BY_CLUSTERS.name);
  });
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(BY_OWNER_BEFORE.columns, BY_OWNER_BEFORE.name);
    table.index(BY_OWNER.columns, BY_OWNER.name);
    table.index(BY_LIFECYCLE.columns, BY_LIFECYCLE.name);
  });
  await knex.schema.alterTable('running_images', table => {
    table.index(BY_ID.columns, BY_ID.name);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('running_images', table => {
    table.dropIndex(BY_ID.columns, BY_ID.name);
  });
  await knex.schema.alterTable('entities', table => {
    table.dropIndex(BY_LIFECYCLE.columns, BY_LIFECYCLE.name);
    table.dropIndex(BY_OWNER.columns, BY_OWNER.name);
    table.index(BY_OWNER_BEFORE.columns, BY_OWNER_BEFORE.name);
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.dropIndex(BY_CLUSTERS.columns, BY_CLUSTERS.name);
    table.dropIndex(BY_OUTCOME.columns, BY_OUTCOME.name);
    table.dropIndex(LISTED.columns, LISTED.name);
    table.index(LISTED_BEFORE.columns, LISTED_BEFORE.name);
  });
  await knex.schema.alterTable('image_summaries', table => {
    table.dropIndex(BY_KEY.columns, BY_KEY.name);
    table.dropIndex(BY_ENTITY.columns, BY_ENTITY.name);
  });
  await knex.schema.alterTable('image_summaries', table => {
    table.dropColumn('counted_key');
    table.index(BEFORE.columns, BEFORE.name);
  });
};
