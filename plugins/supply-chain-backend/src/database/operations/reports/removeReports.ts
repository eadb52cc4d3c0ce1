import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { ReportRow } from '../../tables';
import { ReportPlace } from './upsertReports';

/** Options of {@link removeReports}. */
export type RemoveReportsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  source: string;
  /** Absent: all of the source. */
  uids?: string[];
};

/** Removes reports and returns where verdicts may differ now. */
export async function removeReports(
  options: RemoveReportsOptions,
): Promise<ReportPlace[]> {
  const { transaction, feed, source, uids } = options;
  const places: ReportPlace[] = [];
  for (const chunk of uids ? chunksOf(uids) : [undefined]) {
    const query = transaction<ReportRow>('reports').where({ feed, source });
    if (chunk) {
      query.whereIn('uid', chunk);
    }
    const rows: ReportPlace[] = await query
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
    places.push(...rows);
  }
  return places;
}
