import { Knex } from 'knex';
import { ReportRow } from '../../tables';

/** Options of {@link reportsBeside}. */
export type ReportsBesideOptions = {
  transaction: Knex.Transaction;
  feed: string;
  /** At most a statement's worth. */
  rows: Pick<
    ReportRow,
    'source' | 'namespace' | 'controller_kind' | 'controller_name'
  >[];
  /** Only those that their cluster holds no more. */
  gone?: boolean;
};

/** The reports of a feed on the controllers of some reports, themselves included. */
export async function reportsBeside(
  options: ReportsBesideOptions,
): Promise<ReportRow[]> {
  const { transaction, feed, rows, gone } = options;
  const query = transaction<ReportRow>('reports').whereIn(
    ['source', 'namespace', 'controller_kind', 'controller_name'],
    rows
      // Scanners that are asked about content name no controller.
      .filter(({ controller_name }) => controller_name !== '')
      .map(row => [
        row.source,
        row.namespace,
        row.controller_kind,
        row.controller_name,
      ]),
  );
  const found: ReportRow[] = await (gone
    ? query.whereNotNull('gone_at')
    : query);
  // Asked for in the statement, SQLite would read all reports of the feed instead.
  return found.filter(row => row.feed === feed);
}
