import { ClusterReportEntryRow } from '../../tables';
import { entriesQuery, EntriesQueryOptions } from './entriesQuery';

/** Options of {@link listEntries}. */
export type ListEntriesOptions = EntriesQueryOptions & {
  cluster: string;
  offset: number;
  limit: number;
};

/** Entries of reports on a cluster, and how many there are: by what came out, then the worst, then those with a fix. */
export async function listEntries(
  options: ListEntriesOptions,
): Promise<{ total: number; entries: ClusterReportEntryRow[] }> {
  const { offset, limit } = options;
  const [{ count }] = await entriesQuery(options).count({ count: '*' });
  const entries: ClusterReportEntryRow[] = await entriesQuery(options)
    .orderBy([
      'entries.status_rank',
      'entries.severity_rank',
      { column: 'entries.fixable', order: 'desc' },
      // A total order, so that pages neither repeat nor skip a row.
      'entries.feed',
      'entries.uid',
      'entries.position',
    ])
    .offset(offset)
    .limit(limit)
    .select('entries.*');
  return { total: Number(count), entries };
}
