import {
  Outcome,
  OUTCOMES_WORST_FIRST,
  OutcomeCounts,
} from 'backstage-plugin-supply-chain-common';
import { summariesQuery, ServicesQueryOptions } from './servicesQuery';

/** How many services came to each outcome. */
export async function countServices(
  options: ServicesQueryOptions,
): Promise<OutcomeCounts> {
  const rows = await summariesQuery(options)
    .groupBy('summaries.outcome')
    .select('summaries.outcome')
    .count({ count: '*' });
  const counts = Object.fromEntries(
    OUTCOMES_WORST_FIRST.map(outcome => [outcome, 0]),
  ) as OutcomeCounts;
  for (const { outcome, count } of rows) {
    counts[outcome as Outcome] = Number(count);
  }
  return counts;
}
