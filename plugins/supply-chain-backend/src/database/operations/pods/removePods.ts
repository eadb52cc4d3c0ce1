import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { PodRow } from '../../tables';
import { WorkloadKey, workloadOf } from './upsertPods';

/** Options of {@link removePods}. */
export type RemovePodsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  cluster: string;
  /** Absent: all of the cluster. */
  uids?: string[];
};

/** Removes pods and returns the workloads they belonged to. */
export async function removePods(
  options: RemovePodsOptions,
): Promise<WorkloadKey[]> {
  const { transaction, feed, cluster, uids } = options;
  const touched: WorkloadKey[] = [];
  for (const chunk of uids ? chunksOf(uids) : [undefined]) {
    const query = transaction<PodRow>('pods').where({ feed, cluster });
    if (chunk) {
      query.whereIn('uid', chunk);
    }
    const rows = await query
      .clone()
      .select('namespace', 'workload_kind', 'workload_name');
    await query.delete();
    touched.push(...rows.map(workloadOf));
  }
  return touched;
}
