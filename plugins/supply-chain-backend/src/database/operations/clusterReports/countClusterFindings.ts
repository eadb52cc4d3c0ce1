import {
  countSeverities,
  schema,
  SEVERITIES_WORST_FIRST,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { entriesQuery } from './entriesQuery';

/** Options of {@link countClusterFindings}. */
export type CountClusterFindingsOptions = {
  knex: Knex;
  /** Absent: of every cluster. */
  cluster?: string;
};

/** Findings in the core components of a cluster. */
export type CountedFindings = {
  counts: schema.SeverityCounts;
  /** Of these, with a fix. */
  fixable: number;
};

/** How many findings there are, and none. */
export function noFindings(): CountedFindings {
  return { counts: countSeverities([]), fixable: 0 };
}

type Row = {
  source: string;
  severity_rank: unknown;
  fixable: unknown;
  count: unknown;
};

/** Findings by cluster; a cluster without any is not among them. */
export async function countClusterFindings(
  options: CountClusterFindingsOptions,
): Promise<Map<string, CountedFindings>> {
  const rows: Row[] = await entriesQuery({
    ...options,
    kind: 'vulnerabilities',
    secrets: false,
  })
    .groupBy('entries.source', 'entries.severity_rank', 'entries.fixable')
    .select('entries.source', 'entries.severity_rank', 'entries.fixable')
    .count({ count: '*' });
  const counted = new Map<string, CountedFindings>();
  for (const row of rows) {
    const found = counted.get(row.source) ?? noFindings();
    // PostgreSQL returns counts as text.
    const count = Number(row.count);
    found.counts[SEVERITIES_WORST_FIRST[Number(row.severity_rank)]] += count;
    found.fixable += row.fixable ? count : 0;
    counted.set(row.source, found);
  }
  return counted;
}
