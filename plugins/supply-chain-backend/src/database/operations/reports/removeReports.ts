import { Knex } from 'knex';
import { ReportRow } from '../../tables';
import { ReportPlace } from './upsertReports';

/** Options of {@link removeReports}. */
export type RemoveReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
};

/** Removes all reports of a source that is read no more and returns where verdicts may differ now. */
export async function removeReports(
  options: RemoveReportsOptions,
): Promise<ReportPlace[]> {
  const { transaction, feed, source } = options;
  const query = transaction<ReportRow>('reports').where({ feed, source });
  const places: ReportPlace[] = await query
    .clone()
    .select(
      'source',
      'namespace',
      'controller_kind',
      'controller_name',
      'container',
      'digest',
    );
  await query.delete();
  return places;
}
