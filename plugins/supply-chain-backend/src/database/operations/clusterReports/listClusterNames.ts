import { Knex } from 'knex';
import {
  ClusterReportRow,
  ClusterSbomRow,
  SourceHealthRow,
} from '../../tables';

/** Options of {@link listClusterNames}. */
export type ListClusterNamesOptions = { knex: Knex };

/** Names of everything that is read as a cluster or was reported on. */
export async function listClusterNames({
  knex,
}: ListClusterNamesOptions): Promise<string[]> {
  const sources: string[] = await knex<SourceHealthRow>('source_health')
    .whereIn('kind', ['cluster', 'checks', 'contents'])
    .distinct('name')
    .pluck('name');
  const reported: string[] = await knex<ClusterReportRow>('cluster_reports')
    .distinct('source')
    .pluck('source');
  const described: string[] = await knex<ClusterSbomRow>('cluster_sboms')
    .distinct('source')
    .pluck('source');
  return [...new Set([...sources, ...reported, ...described])].sort();
}
