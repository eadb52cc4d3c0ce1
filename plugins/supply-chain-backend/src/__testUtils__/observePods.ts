import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { CachedLinker } from '../database/CachedLinker';
import { upsertPods } from '../database/operations/pods/upsertPods';
import { reconcileWorkloads } from '../database/operations/runningImages/reconcileWorkloads';

/** Options of {@link observePods}. */
export type ObservePodsOptions = {
  knex: Knex;
  pods: ObservedPod[];
  now: Date;
};

/** Writes pods of the cluster `east` as its watch would. */
export async function observePods(options: ObservePodsOptions): Promise<void> {
  const { knex, pods, now } = options;
  await knex.transaction(async transaction => {
    const linker = await new CachedLinker().read(transaction);
    const cluster = 'east';
    const workloads = await upsertPods({
      transaction,
      feed: 'kubernetes',
      cluster,
      pods,
    });
    await reconcileWorkloads({ transaction, cluster, workloads, linker, now });
  });
}
