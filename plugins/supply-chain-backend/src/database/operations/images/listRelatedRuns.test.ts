import { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../../../__testUtils__/testDatabases';
import { SEES_EVERYTHING } from '../../../permissions/VisibleEntities';
import { listRelatedRuns } from './listRelatedRuns';

jest.setTimeout(60_000);

const databases = createTestDatabases();

/** How the engine would run a query, where whole tables are read only when there is no other way. */
async function planOf(
  knex: Knex,
  { sql, bindings }: { sql: string; bindings: Knex.RawBinding[] },
): Promise<string> {
  if (knex.client.config.client !== 'pg') {
    const steps: { detail: string }[] = await knex.raw(
      `EXPLAIN QUERY PLAN ${sql}`,
      bindings,
    );
    return steps.map(({ detail }) => detail).join('\n');
  }
  return knex.transaction(async transaction => {
    await transaction.raw('SET LOCAL enable_seqscan = off');
    await transaction.raw('SET LOCAL enable_bitmapscan = off');
    const { rows } = await transaction.raw(
      `EXPLAIN ${sql.replace(/\$\d+/g, '?')}`,
      bindings,
    );
    return rows
      .map((row: Record<string, string>) => row['QUERY PLAN'])
      .join('\n');
  });
}

describe.each(databases.eachSupportedId())('listRelatedRuns on %s', id => {
  it('finds the images of a repository, last seen first, in an index alone', async () => {
    const knex = await openTestDatabase(databases, id);
    const queries: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    knex.on('query', query => queries.push(query));
    await listRelatedRuns({
      knex,
      visible: SEES_EVERYTHING,
      repository: 'registry.acme.example/shop/web',
      workloads: [],
    });
    const plan = await planOf(
      knex,
      queries.find(({ sql }) => /from .subjects./.test(sql))!,
    );
    expect(plan).toMatch(
      /USING COVERING INDEX subjects_repository_idx|Index Only Scan Backward using subjects_repository_idx/,
    );
    // Neither the table nor an order by hand.
    expect(plan).not.toMatch(/SCAN subjects|TEMP B-TREE|Seq Scan|Sort/);
  });
});
