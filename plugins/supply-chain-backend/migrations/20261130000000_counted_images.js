// @ts-check

/*
 * Summaries of images say what they count as, as verdicts do, and an index has them in that order: figures over the
 * whole fleet are read in one pass, without sorting all images by their names. Services have such indexes for the same,
 * and what runs one for looking for what belongs to none.
 */

/** @typedef {{ table: string; name: string; columns: string[] }} Index */

const ANSWERS = [
  'signature_outcome',
  'provenance_outcome',
  'registry_outcome',
  'scan_outcome',
  'fixable_critical',
  'fixable_critical_overdue',
  'finding_set',
];

/** @type {Index[]} */
const BEFORE = [
  {
    table: 'image_summaries',
    name: 'image_summaries_counted_idx',
    columns: [
      'counted',
      'running',
      'entity_ref',
      'subject_key',
      'running_image_id',
      ...ANSWERS,
    ],
  },
  {
    table: 'entity_summaries',
    name: 'entity_summaries_listed_idx',
    columns: ['entity_ref', 'running', 'outcome', 'reason', 'clusters'],
  },
  { table: 'entities', name: 'entities_owner_idx', columns: ['owner'] },
];

/** @type {Index[]} */
const AFTER = [
  {
    table: 'image_summaries',
    name: 'image_summaries_counted_idx',
    columns: ['counted', 'running', 'entity_ref', 'counted_key', ...ANSWERS],
  },
  {
    table: 'image_summaries',
    name: 'image_summaries_key_idx',
    columns: ['counted_key', 'entity_ref', ...ANSWERS],
  },
  // What services are listed, counted and sorted by, beside each other: their whole rows hold a report each.
  {
    table: 'entity_summaries',
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
  },
  {
    table: 'entity_summaries',
    name: 'entity_summaries_reasons_idx',
    columns: ['outcome', 'reason', 'entity_ref'],
  },
  {
    table: 'entity_summaries',
    name: 'entity_summaries_clusters_idx',
    columns: ['running', 'clusters', 'entity_ref'],
  },
  { table: 'entities', name: 'entities_owner_idx', columns: ['owner', 'ref'] },
  {
    table: 'entities',
    name: 'entities_lifecycle_idx',
    columns: ['lifecycle', 'ref'],
  },
  {
    table: 'running_images',
    name: 'running_images_ids_idx',
    columns: ['annotated', 'running', 'id'],
  },
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await drop(knex, BEFORE);
  await knex.schema.alterTable('image_summaries', table => {
    table
      .text('counted_key')
      .nullable()
      .comment(
        'The image it is counted as, wherever it runs; null: it never started (L4) or no longer runs',
      );
  });
  await knex('image_summaries')
    .where({ counted: true, running: true })
    .update({
      counted_key: knex.raw('coalesce(subject_key, running_image_id)'),
    });
  await create(knex, AFTER);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await drop(knex, AFTER);
  await knex.schema.alterTable('image_summaries', table => {
    table.dropColumn('counted_key');
  });
  await create(knex, BEFORE);
};

/**
 * @param {import('knex').Knex} knex
 * @param {Index[]} indexes
 */
async function create(knex, indexes) {
  for (const index of indexes) {
    await knex.schema.alterTable(index.table, table => {
      table.index(index.columns, index.name);
    });
  }
}

/**
 * @param {import('knex').Knex} knex
 * @param {Index[]} indexes
 */
async function drop(knex, indexes) {
  for (const index of indexes) {
    await knex.schema.alterTable(index.table, table => {
      table.dropIndex(index.columns, index.name);
    });
  }
}
