import { Knex } from 'knex';
import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import { PodRow, RunningImageRow } from '../../tables';

type Workload = Pick<
  RunningImageRow,
  'cluster' | 'namespace' | 'workload_kind' | 'workload_name'
>;

/** Options of {@link listPodLabels}. */
export type ListPodLabelsOptions = { knex: Knex; workloads: Workload[] };

/** The text by which a workload is found in the result of {@link listPodLabels}. */
export function workloadText(workload: Workload): string {
  return JSON.stringify([
    workload.cluster,
    workload.namespace,
    workload.workload_kind,
    workload.workload_name,
  ]);
}

/** The labels of one pod of each workload. */
export async function listPodLabels(
  options: ListPodLabelsOptions,
): Promise<Map<string, Record<string, string>>> {
  const { knex, workloads } = options;
  const distinct = new Map(workloads.map(each => [workloadText(each), each]));
  const rows: PodRow[] = await knex<PodRow>('pods')
    .whereIn(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      [...distinct.values()].map(each => [
        each.cluster,
        each.namespace,
        each.workload_kind,
        each.workload_name,
      ]),
    )
    .orderBy(['feed', 'uid']);
  const labels = new Map<string, Record<string, string>>();
  for (const row of rows) {
    const workload = workloadText(row);
    if (!labels.has(workload)) {
      labels.set(workload, (JSON.parse(row.content) as ObservedPod).labels);
    }
  }
  return labels;
}
