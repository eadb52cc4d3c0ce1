// @ts-check

/*
 * What scanners say of a vulnerability (title, link, ratings) stands once, however many findings of however many scans name
 * it; the findings of a scan stand property by property. Scans of before stay as they are, until they are scanned again.
 *
 * Clocks that agree stand together: most vulnerabilities of a repository are seen for the first and for the last time by the
 * same scans.
 */

const REPOSITORIES_PER_STATEMENT = 100;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('scan_texts', table => {
    table.comment('What scanners say of vulnerabilities, each text once');
    table
      .string('hash', 22)
      .primary()
      .notNullable()
      .comment('Of the text: 128 bits of its SHA-256, in base64url');
    table.text('text').notNullable().comment('JSON');
    table
      .string('used_on', 10)
      .notNullable()
      .comment('The day on which a scan with it was last written');
    table.index('used_on', 'scan_texts_used_idx');
  });
  await knex.schema.alterTable('scans', table => {
    table
      .text('about')
      .nullable()
      .comment('JSON: into scan_texts, for each finding; null: in the finding');
  });
  await rewriteClocks(knex, groupsOf);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await rewriteClocks(knex, recordOf);
  await inlineTexts(knex);
  await knex.schema.alterTable('scans', table => {
    table.dropColumn('about');
  });
  await knex.schema.dropTable('scan_texts');
};

/**
 * @param {import('knex').Knex} knex
 * @param {(clocks: any) => unknown} rewrite
 */
async function rewriteClocks(knex, rewrite) {
  for (let after = ''; ; ) {
    const rows = await knex('vulnerability_clocks')
      .where('repository', '>', after)
      .orderBy('repository')
      .limit(REPOSITORIES_PER_STATEMENT);
    if (rows.length === 0) {
      return;
    }
    await knex('vulnerability_clocks')
      .insert(
        rows.map(row => ({
          ...row,
          clocks: JSON.stringify(rewrite(JSON.parse(row.clocks))),
        })),
      )
      .onConflict('repository')
      .merge(['clocks']);
    after = rows[rows.length - 1].repository;
  }
}

/** @param {import('knex').Knex} knex */
async function inlineTexts(knex) {
  for (;;) {
    const scan = await knex('scans').whereNotNull('about').first();
    if (!scan) {
      return;
    }
    const { findings: columns, ...content } = JSON.parse(scan.detail);
    const findings = [];
    for (const [index, hash] of JSON.parse(scan.about).entries()) {
      const row = hash && (await knex('scan_texts').where({ hash }).first());
      const found = Object.entries(columns)
        .map(([property, values]) => [property, values[index]])
        .filter(([, value]) => value !== null);
      findings.push({
        ...Object.fromEntries(found),
        ...(row && JSON.parse(row.text)),
      });
    }
    await knex('scans')
      .where({ hash: scan.hash })
      .update({
        detail: JSON.stringify({ ...content, findings }),
        about: null,
      });
  }
}

/** @param {Record<string, object>} clocks */
function groupsOf(clocks) {
  const groups = new Map();
  for (const [key, clock] of Object.entries(clocks)) {
    const id = JSON.stringify(clock);
    const group = groups.get(id) ?? { ...clock, keys: [] };
    group.keys.push(key);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** @param {Array<{ keys: string[] }>} groups */
function recordOf(groups) {
  const entries = groups.flatMap(({ keys, ...clock }) =>
    keys.map(key => [key, clock]),
  );
  return Object.fromEntries(entries);
}
