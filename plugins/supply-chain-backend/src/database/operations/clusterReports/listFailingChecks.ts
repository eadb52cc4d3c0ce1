import { Knex } from 'knex';
import { ClusterReportEntryRow } from '../../tables';
import { entriesQuery, EntryFilter } from './entriesQuery';

/** Options of {@link listFailingChecks}. */
export type ListFailingChecksOptions = {
  knex: Knex;
  cluster: string;
  filter: Pick<EntryFilter, 'topic' | 'severityRank' | 'search'>;
  offset: number;
  limit: number;
};

/** A check that fails on some object. */
export type FailingCheckRow = {
  topic: string;
  entryId: string;
  objects: number;
  /** The worst of its results. */
  entry: ClusterReportEntryRow;
};

type Group = {
  topic: string;
  entry_id: string;
  severity: unknown;
  objects: unknown;
};

/** Checks that fail on objects of a cluster, each once: the worst first, then by the number of objects. */
export async function listFailingChecks(
  options: ListFailingChecksOptions,
): Promise<{ total: number; checks: FailingCheckRow[] }> {
  const { knex, offset, limit } = options;
  const [{ count }] = await knex
    .from(groups(options).as('checks'))
    .count({ count: '*' });
  const page: Group[] = await groups(options)
    .orderBy('severity')
    .orderBy('objects', 'desc')
    .orderBy(['entry_id', 'topic'])
    .offset(offset)
    .limit(limit);
  const entries = await worstEntries(options, page);
  return {
    total: Number(count),
    checks: page.map(({ topic, entry_id: entryId, objects }) => ({
      topic,
      entryId,
      // PostgreSQL returns counts as text.
      objects: Number(objects),
      entry: entries.find(
        each => each.topic === topic && each.entry_id === entryId,
      )!,
    })),
  };
}

function failing(options: ListFailingChecksOptions, filter: EntryFilter) {
  const { knex, cluster } = options;
  return entriesQuery({
    knex,
    cluster,
    kind: 'checks',
    secrets: false,
    filter: { ...filter, status: 'fail' },
  });
}

function groups(options: ListFailingChecksOptions): Knex.QueryBuilder {
  return failing(options, options.filter)
    .groupBy('entries.topic', 'entries.entry_id')
    .select('entries.topic', 'entries.entry_id')
    .min({ severity: 'entries.severity_rank' })
    .countDistinct({ objects: 'entries.uid' });
}

/** Of each check the worst result, whose words stand for all of them. */
async function worstEntries(
  options: ListFailingChecksOptions,
  page: Group[],
): Promise<ClusterReportEntryRow[]> {
  const { knex } = options;
  const ranked = failing(options, {})
    .whereIn(
      ['entries.topic', 'entries.entry_id'],
      page.map(({ topic, entry_id: entryId }) => [topic, entryId]),
    )
    .select('entries.*')
    .rowNumber('place', function worstFirst() {
      this.partitionBy(['entries.topic', 'entries.entry_id']).orderBy([
        { column: 'entries.severity_rank' },
        { column: 'entries.uid' },
        { column: 'entries.position' },
      ]);
    });
  return knex.from(ranked.as('ranked')).where('place', 1).select('ranked.*');
}
