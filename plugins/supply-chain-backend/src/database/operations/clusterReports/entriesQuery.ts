import { Knex } from 'knex';
import { containing } from '../../containing';
import { ClusterReportEntryRow, ClusterReportKind } from '../../tables';

/** Which entries of reports on clusters. */
export type EntriesQueryOptions = {
  knex: Knex;
  /** Absent: of every cluster. */
  cluster?: string;
  kind: ClusterReportKind;
  /** Whether what is about secrets is told. */
  secrets: boolean;
  filter?: EntryFilter;
};

/** What the entries are narrowed to. */
export type EntryFilter = {
  /** uid of the report. */
  report?: string;
  topic?: string;
  entryId?: string;
  status?: string;
  severityRank?: number;
  fixable?: boolean;
  /** Part of an id, a name or a title. */
  search?: string;
};

/** The one place where it is decided which entries are listed and counted, so that no count tells of others (L33). */
export function entriesQuery(
  options: EntriesQueryOptions,
): Knex.QueryBuilder<ClusterReportEntryRow> {
  const { knex, cluster, kind, secrets, filter = {} } = options;
  const equals = {
    'entries.kind': kind,
    'entries.source': cluster,
    'entries.uid': filter.report,
    'entries.topic': filter.topic,
    'entries.entry_id': filter.entryId,
    'entries.status': filter.status,
    'entries.severity_rank': filter.severityRank,
    'entries.fixable': filter.fixable,
    'entries.about_secrets': secrets ? undefined : false,
  };
  const query = knex('cluster_report_entries as entries').where(
    Object.fromEntries(
      Object.entries(equals).filter(([, value]) => value !== undefined),
    ),
  );
  return filter.search
    ? query.whereRaw("entries.search like ? escape '\\'", [
        containing(filter.search),
      ])
    : query;
}
