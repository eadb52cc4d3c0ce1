import { schema } from 'backstage-plugin-supply-chain-common';
import { summariesQuery, ServicesQueryOptions } from './servicesQuery';

/** Why services cannot be told. */
export async function countUnknownReasons(
  options: ServicesQueryOptions,
): Promise<schema.ReasonCount[]> {
  const rows: { reason: string; count: unknown }[] = await summariesQuery(
    options,
  )
    .where('summaries.outcome', 'unknown')
    .whereNotNull('summaries.reason')
    .groupBy('summaries.reason')
    .orderBy('summaries.reason')
    .select('summaries.reason')
    .count({ count: '*' });
  return rows.map(row => ({ code: row.reason, count: Number(row.count) }));
}
