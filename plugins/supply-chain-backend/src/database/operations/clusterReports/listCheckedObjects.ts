import { Knex } from 'knex';
import { ClusterReportEntryRow, ClusterReportRow } from '../../tables';
import { entriesQuery } from './entriesQuery';

/** Options of {@link listCheckedObjects}. */
export type ListCheckedObjectsOptions = {
  knex: Knex;
  cluster: string;
  topic: string;
  /** Id of the check. */
  check: string;
  offset: number;
  limit: number;
};

/** An object, and why the check fails on it. */
export type CheckedObjectRow = {
  report: ClusterReportRow;
  entries: ClusterReportEntryRow[];
};

/** The objects a check fails on, by kind and name. */
export async function listCheckedObjects(
  options: ListCheckedObjectsOptions,
): Promise<{ total: number; objects: CheckedObjectRow[] }> {
  const { knex, cluster, offset, limit } = options;
  const [{ count }] = await failing(options).countDistinct({
    count: 'entries.uid',
  });
  const reports: ClusterReportRow[] = await knex<ClusterReportRow>(
    'cluster_reports',
  )
    .where({ source: cluster, kind: 'checks' })
    .whereIn('uid', failing(options).select('entries.uid'))
    .orderBy(['object_kind', 'object_name', 'uid'])
    .offset(offset)
    .limit(limit);
  const entries: ClusterReportEntryRow[] = await failing(options)
    .whereIn(
      'entries.uid',
      reports.map(({ uid }) => uid),
    )
    .orderBy('entries.position')
    .select('entries.*');
  return {
    total: Number(count),
    objects: reports.map(report => ({
      report,
      entries: entries.filter(({ uid }) => uid === report.uid),
    })),
  };
}

function failing(options: ListCheckedObjectsOptions): Knex.QueryBuilder {
  const { knex, cluster, topic, check } = options;
  return entriesQuery({
    knex,
    cluster,
    kind: 'checks',
    secrets: false,
    filter: { topic, entryId: check, status: 'fail' },
  });
}
