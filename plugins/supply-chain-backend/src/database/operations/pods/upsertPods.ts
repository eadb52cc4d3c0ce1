import { ObservedPod } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { contentHash } from '../../contentHash';
import { PodRow } from '../../tables';
import { storablePod } from './storablePod';

/** A workload in the namespace of one cluster. */
export type WorkloadKey = { namespace: string; kind: string; name: string };

/** Options of {@link upsertPods}. */
export type UpsertPodsOptions = {
  transaction: Knex.Transaction;
  feed: string;
  cluster: string;
  pods: ObservedPod[];
};

type StoredPod = Pick<
  PodRow,
  | 'uid'
  | 'hash'
  | 'resource_version'
  | 'namespace'
  | 'workload_kind'
  | 'workload_name'
>;

/**
 * Writes pods and returns the workloads whose pods differ from before. Pods of which only the resource version
 * moved touch no workload.
 */
export async function upsertPods(
  options: UpsertPodsOptions,
): Promise<WorkloadKey[]> {
  const touched: WorkloadKey[] = [];
  for (const pods of chunksOf(options.pods)) {
    touched.push(...(await upsertChunk({ ...options, pods })));
  }
  return touched;
}

async function upsertChunk(options: UpsertPodsOptions): Promise<WorkloadKey[]> {
  const { transaction, feed, cluster } = options;
  // The last of several with one uid: a statement cannot write one row twice.
  const pods = [
    ...new Map(options.pods.map(pod => [pod.uid, storablePod(pod)])).values(),
  ];
  const stored = new Map<string, StoredPod>();
  const rows = await transaction<PodRow>('pods')
    .where({ feed, cluster })
    .whereIn(
      'uid',
      pods.map(pod => pod.uid),
    )
    .select(
      'uid',
      'hash',
      'resource_version',
      'namespace',
      'workload_kind',
      'workload_name',
    );
  rows.forEach(row => stored.set(row.uid, row));

  const written: PodRow[] = [];
  const touched: WorkloadKey[] = [];
  for (const pod of pods) {
    const row = podRowOf({ feed, cluster, pod });
    const before = stored.get(pod.uid);
    if (before?.hash !== row.hash) {
      written.push(row);
      touched.push(workloadOf(row));
      if (before) {
        touched.push(workloadOf(before));
      }
    } else if (before.resource_version !== row.resource_version) {
      await transaction<PodRow>('pods')
        .where({ feed, cluster, uid: row.uid })
        .update({ resource_version: row.resource_version });
    }
  }
  if (written.length > 0) {
    await transaction<PodRow>('pods')
      .insert(written)
      .onConflict(['feed', 'cluster', 'uid'])
      .merge();
  }
  return touched;
}

function podRowOf(options: {
  feed: string;
  cluster: string;
  pod: ObservedPod;
}): PodRow {
  const { feed, cluster, pod } = options;
  const { resourceVersion, ...content } = pod;
  return {
    feed,
    cluster,
    uid: pod.uid,
    namespace: pod.namespace,
    workload_kind: pod.workload.kind,
    workload_name: pod.workload.name,
    resource_version: resourceVersion,
    hash: contentHash(content),
    content: JSON.stringify(content),
  };
}

/** The workload a stored pod belongs to. */
export function workloadOf(
  row: Pick<PodRow, 'namespace' | 'workload_kind' | 'workload_name'>,
): WorkloadKey {
  return {
    namespace: row.namespace,
    kind: row.workload_kind,
    name: row.workload_name,
  };
}
