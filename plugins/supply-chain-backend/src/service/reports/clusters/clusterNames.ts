import { NotFoundError } from '@backstage/errors';
import { CLUSTER_LIST } from 'backstage-plugin-supply-chain-node/clusters';
import { Knex } from 'knex';
import { listClusterNames } from '../../../database/operations/clusterReports/listClusterNames';

/** Every cluster that is read or was reported on. A list that cannot be read stands among them, and is none. */
export async function clusterNames(options: { knex: Knex }): Promise<string[]> {
  const names = await listClusterNames(options);
  return names.filter(name => name !== CLUSTER_LIST);
}

/** Throws a `NotFoundError` for a cluster nobody reads. */
export async function requireCluster(options: {
  knex: Knex;
  cluster: string;
}): Promise<void> {
  const { knex, cluster } = options;
  const names = await clusterNames({ knex });
  if (!names.includes(cluster)) {
    throw new NotFoundError(`No cluster '${cluster}'`);
  }
}
