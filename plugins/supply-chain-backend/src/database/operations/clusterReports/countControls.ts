import { ControlStatus, schema } from 'backstage-plugin-supply-chain-common';
import { entriesQuery, EntriesQueryOptions } from './entriesQuery';

/** Options of {@link countControls}. */
export type CountControlsOptions = Pick<
  EntriesQueryOptions,
  'knex' | 'cluster' | 'secrets'
>;

/** The controls of one report. */
export type CountedControls = {
  cluster: string;
  /** uid of the report. */
  report: string;
  counts: schema.ControlCounts;
};

type Row = { source: string; uid: string; status: string; count: unknown };

/** How many controls came out how, for each report that has any. */
export async function countControls(
  options: CountControlsOptions,
): Promise<CountedControls[]> {
  const rows: Row[] = await entriesQuery({ ...options, kind: 'compliance' })
    .groupBy('entries.source', 'entries.uid', 'entries.status')
    .select('entries.source', 'entries.uid', 'entries.status')
    .count({ count: '*' });
  const counted = new Map<string, CountedControls>();
  for (const { source, uid, status, count } of rows) {
    const key = JSON.stringify([source, uid]);
    const of = counted.get(key) ?? {
      cluster: source,
      report: uid,
      counts: { fail: 0, notEvaluated: 0, pass: 0 },
    };
    // PostgreSQL returns counts as text.
    of.counts[status as ControlStatus] = Number(count);
    counted.set(key, of);
  }
  return [...counted.values()];
}
