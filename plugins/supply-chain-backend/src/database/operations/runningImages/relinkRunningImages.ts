import { EntityLinker } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { PodRow } from '../../tables';
import { workloadOf } from '../pods/upsertPods';
import { reconcileWorkloads } from './reconcileWorkloads';

/** Options of {@link relinkRunningImages}. */
export type RelinkRunningImagesOptions = {
  knex: Knex;
  linker: EntityLinker;
  now: Date;
};

/** Few at a time, so that watches are not kept waiting. */
const WORKLOADS_PER_TRANSACTION = 200;

/** Links everything that runs anew, cluster by cluster; nothing is written where nothing changed. */
export async function relinkRunningImages(
  options: RelinkRunningImagesOptions,
): Promise<void> {
  const { knex, linker, now } = options;
  const rows = await knex<PodRow>('pods').distinct(
    'cluster',
    'namespace',
    'workload_kind',
    'workload_name',
  );
  const clusters = new Set(rows.map(row => row.cluster));
  for (const cluster of clusters) {
    const workloads = rows
      .filter(row => row.cluster === cluster)
      .map(workloadOf);
    for (const chunk of chunksOf(workloads, WORKLOADS_PER_TRANSACTION)) {
      await knex.transaction(transaction =>
        reconcileWorkloads({
          transaction,
          cluster,
          workloads: chunk,
          linker,
          now,
        }),
      );
    }
  }
}
