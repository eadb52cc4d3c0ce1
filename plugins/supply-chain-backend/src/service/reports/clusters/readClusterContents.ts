import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { readClusterSbom } from '../../../database/operations/sboms/readClusterSbom';
import { StoredSbom } from '../../../database/operations/sboms/sbomRows';
import { ClusterSbomRow, SourceHealthRow } from '../../../database/tables';
import { Page } from '../../SupplyChainService';
import { componentsIn } from '../componentsIn';
import { requireCluster } from './clusterNames';
import { clusterReadsOf } from './clusterReads';

/** Options of {@link readClusterContents}. */
export type ReadClusterContentsOptions = { knex: Knex; cluster: string };

/** What a cluster is made of, as far as its newest SBOM says, and how such reports can be read. */
export async function readClusterContents(
  options: ReadClusterContentsOptions,
): Promise<schema.ClusterContents> {
  const { knex, cluster } = options;
  const source = await knex<SourceHealthRow>('source_health')
    .where({ kind: 'contents', name: cluster })
    .first();
  const sbom = await readClusterSbom(options);
  return {
    reads: clusterReadsOf(source, ['clustersbomreports']),
    ...(sbom && { sbom: sbomOf(sbom) }),
  };
}

function sbomOf(row: ClusterSbomRow): schema.ClusterSbom {
  const stored: StoredSbom = JSON.parse(row.detail);
  return {
    ...(row.name && { name: row.name }),
    ...(row.version && { version: row.version }),
    ...stored,
    components: row.component_count,
    generatedAt: row.generated_at,
  };
}

/** Which components. */
export type ClusterComponentFilter = { search?: string };

/** Options of {@link readClusterComponentPage}. */
export type ReadClusterComponentPageOptions = ReadClusterContentsOptions & {
  filter: ClusterComponentFilter;
  page: Page;
};

/** The components of a cluster, by name. The caller has been authorised before. */
export async function readClusterComponentPage(
  options: ReadClusterComponentPageOptions,
): Promise<schema.ClusterComponentPage> {
  const { knex, filter, page } = options;
  await requireCluster(options);
  const sbom = await readClusterSbom(options);
  return componentsIn({ knex, sbom, page, ...filter });
}
