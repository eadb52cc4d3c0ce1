// @ts-check

/*
 * A severity that nobody gives is listed above `low`, no longer last. Stored severities are numbers in that order, so they
 * get the numbers of the new one; what VEX sets aside stands 100 behind.
 *
 * A set of findings goes by a hash over these numbers. With other numbers the same hash would mean another set, so those
 * that are stored get a name that no hash is.
 *
 * The overview says beside its count of vulnerabilities how many images are not scanned, and reads that from the index it
 * counts from.
 *
 * Everything that runs is judged again: what nobody rates passes no rule any more.
 */

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
const COUNTED_INDEX = 'image_summaries_counted_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // low, negligible, unknown
  await renumber(knex, { 3: 4, 4: 5, 5: 3 });
  await indexBy(knex, COUNTED, [...COUNTED, 'finding_set']);
  await knex.raw(
    `insert into verdict_work (running_image_id, next_attempt_at, attempts, ticket)
     select id, last_seen, 0, 'severity ranks' from running_images where running = ?
     on conflict (running_image_id)
     do update set next_attempt_at = excluded.next_attempt_at, ticket = excluded.ticket`,
    [true],
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await indexBy(knex, [...COUNTED, 'finding_set'], COUNTED);
  await renumber(knex, { 4: 3, 5: 4, 3: 5 });
};

/**
 * @param {import('knex').Knex} knex
 * @param {string[]} before
 * @param {string[]} after
 */
async function indexBy(knex, before, after) {
  await knex.schema.alterTable('image_summaries', table => {
    table.dropIndex(before, COUNTED_INDEX);
    table.index(after, COUNTED_INDEX);
  });
}

/**
 * @param {import('knex').Knex} knex
 * @param {Record<string, number>} ranks - old to new
 */
async function renumber(knex, ranks) {
  const changed = Object.entries(ranks).flatMap(([from, to]) => [
    [Number(from), to],
    [Number(from) + 100, to + 100],
  ]);
  const old = changed.map(([from]) => from);
  /** @param {string} column */
  const renumbered = column =>
    knex.raw(
      `case ?? ${changed
        .map(([from, to]) => `when ${from} then ${to}`)
        .join(' ')} end`,
      [column],
    );
  await knex('finding_set_members')
    .whereIn('severity', old)
    .update({ severity: renumbered('severity') });
  await knex('finding_sets').update({
    hash: knex.raw("'renumbered ' || id"),
  });
  // Not renumbered: the worst of several is another one in another order.
  await knex('vulnerabilities')
    .whereExists(
      knex('finding_set_members')
        .whereRaw('vulnerability_id = vulnerabilities.id')
        .select(knex.raw('1')),
    )
    .update({
      severity: knex('finding_set_members')
        .whereRaw('vulnerability_id = vulnerabilities.id')
        .min('severity'),
    });
  await knex('cluster_report_entries')
    .where({ kind: 'vulnerabilities' })
    .whereIn('severity_rank', old)
    .update({ severity_rank: renumbered('severity_rank') });
}
