// @ts-check

/*
 * What each rule comes to beside its verdict, one digit a rule, so that how many images and services pass or fail a rule
 * is counted by reading an index in its order and no findings. The answers about registry and scan stand beside those to
 * the other questions of a service, so that the overview filters by them.
 *
 * Everything is filled from what is stored.
 */

/** Verdicts read and written at once. */
const BATCH = 500;

/** A version of a policy. */
const POLICY = ['policy_name', 'policy_digest'];

/** Worst first (L18); the position is the digit. */
const OUTCOMES = ['fail', 'unknown', 'warn', 'waived', 'pass', 'notApplicable'];

/**
 * @param {string} outcome
 * @param {string} findings JSON
 */
function digitsOf(outcome, findings) {
  /** @type {{ outcome: string }[]} */
  const rules = JSON.parse(findings);
  return [outcome, ...rules.map(rule => rule.outcome)]
    .map(each => OUTCOMES.indexOf(each))
    .join('');
}

/** @param {import('knex').Knex} knex */
async function fillVerdicts(knex) {
  const key = ['running_image_id', 'entity_ref', 'policy_name'];
  /** @type {any[]} */
  let rows;
  do {
    rows = await knex('verdicts')
      .whereNull('rule_outcomes')
      .limit(BATCH)
      .select(...key, 'outcome', 'findings');
    for (const { outcome, findings, ...place } of rows) {
      await knex('verdicts')
        .where(place)
        .update({ rule_outcomes: digitsOf(outcome, findings) });
    }
  } while (rows.length === BATCH);
}

/**
 * What a verdict counts as: an image that runs and started.
 *
 * @param {import('knex').Knex} knex
 */
async function fillCountedKeys(knex) {
  await knex('verdicts').update({
    counted_key: knex('image_summaries as images')
      .whereRaw('images.running_image_id = verdicts.running_image_id')
      .whereRaw('images.entity_ref = verdicts.entity_ref')
      .where({ 'images.counted': true, 'images.running': true })
      .select(
        knex.raw('coalesce(images.subject_key, images.running_image_id)'),
      ),
  });
}

/**
 * The worst answer of the images that count: those that run; the last known ones where nothing runs.
 *
 * @param {import('knex').Knex} knex
 * @param {string} column
 */
async function fillEntities(knex, column) {
  for (const outcome of [...OUTCOMES].reverse()) {
    await knex('entity_summaries')
      .whereExists(
        knex('image_summaries as images')
          .whereRaw('images.entity_ref = entity_summaries.entity_ref')
          .where({ 'images.counted': true, [`images.${column}`]: outcome })
          .where(image =>
            image
              .where('images.running', true)
              .orWhere('entity_summaries.running', false),
          )
          .select(knex.raw('1')),
      )
      .update({ [column]: outcome });
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('verdicts', table => {
    table
      .string('rule_outcomes', 101)
      .nullable()
      .comment(
        'One digit for the verdict and one for each rule in the order of the policy: 0 is fail, 5 not applicable (L18)',
      );
    table
      .text('counted_key')
      .nullable()
      .comment(
        'The image it is counted as, wherever it runs; null: it never started (L4) or no longer runs',
      );
  });
  await fillVerdicts(knex);
  await fillCountedKeys(knex);
  await knex.schema.alterTable('verdicts', table => {
    // Everything that counts need, in the order in which images and services are counted.
    table.index(
      [...POLICY, 'counted_key', 'entity_ref', 'rule_outcomes'],
      'verdicts_images_idx',
    );
    table.index(
      [...POLICY, 'entity_ref', 'counted_key', 'rule_outcomes'],
      'verdicts_services_idx',
    );
  });
  await knex.schema.alterTable('entity_summaries', table => {
    table.text('registry_outcome').nullable().comment('Null: no rule asks');
    table.text('scan_outcome').nullable();
  });
  await fillEntities(knex, 'registry_outcome');
  await fillEntities(knex, 'scan_outcome');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_summaries', table => {
    table.dropColumn('registry_outcome');
    table.dropColumn('scan_outcome');
  });
  await knex.schema.alterTable('verdicts', table => {
    table.dropIndex([], 'verdicts_images_idx');
    table.dropIndex([], 'verdicts_services_idx');
    table.dropColumn('rule_outcomes');
    table.dropColumn('counted_key');
  });
};
