import { Knex } from 'knex';
import { ClusterReportRow } from '../../tables';
import { entriesQuery } from './entriesQuery';

/** Options of {@link countFailingChecks}. */
export type CountFailingChecksOptions = {
  knex: Knex;
  /** Absent: of every cluster. */
  cluster?: string;
};

/** What was checked of the objects of a cluster under one topic. */
export type CheckedTopic = {
  cluster: string;
  topic: string;
  objects: number;
  failingChecks: number;
  failingObjects: number;
  leftOut: number;
  /** RFC 3339: when the oldest of the reports was made. */
  observedAt: string;
};

type Checked = {
  source: string;
  topic: string;
  objects: unknown;
  left_out: unknown;
  observed_at: string;
};
type Failing = {
  source: string;
  topic: string;
  checks: unknown;
  objects: unknown;
};

/** What was checked of objects in no namespace, and how much of it fails; one for each topic that was checked. */
export async function countFailingChecks(
  options: CountFailingChecksOptions,
): Promise<CheckedTopic[]> {
  const failing: Failing[] = await entriesQuery({
    ...options,
    kind: 'checks',
    secrets: false,
    filter: { status: 'fail' },
  })
    .groupBy('entries.source', 'entries.topic')
    .select('entries.source', 'entries.topic')
    .countDistinct({ checks: 'entries.entry_id', objects: 'entries.uid' });
  const checked = await readChecked(options);
  return checked.map(row => {
    const fails = failing.find(
      each => each.source === row.source && each.topic === row.topic,
    );
    return {
      cluster: row.source,
      topic: row.topic,
      // PostgreSQL returns counts and sums as text.
      objects: Number(row.objects),
      failingChecks: Number(fails?.checks ?? 0),
      failingObjects: Number(fails?.objects ?? 0),
      leftOut: Number(row.left_out),
      observedAt: row.observed_at,
    };
  });
}

async function readChecked({
  knex,
  cluster,
}: CountFailingChecksOptions): Promise<Checked[]> {
  const query = knex<ClusterReportRow>('cluster_reports').where({
    kind: 'checks',
    ...(cluster !== undefined && { source: cluster }),
  });
  return query
    .groupBy('source', 'topic')
    .select('source', 'topic')
    .count({ objects: '*' })
    .sum({ left_out: 'left_out' })
    .min({ observed_at: 'observed_at' }) as unknown as Promise<Checked[]>;
}
