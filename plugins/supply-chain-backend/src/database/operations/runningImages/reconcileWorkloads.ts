import {
  EntityLinker,
  ObservedPod,
} from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { isPostgres } from '../../databaseTime';
import { PodRow, RunningImageRow } from '../../tables';
import { WorkloadKey } from '../pods/upsertPods';
import { observeSubjects } from '../subjects/observeSubjects';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { aggregatePods } from './aggregatePods';
import { writeLinks } from './writeLinks';
import { writeRunningImages } from './writeRunningImages';

/** Options of {@link reconcileWorkloads}. */
export type ReconcileWorkloadsOptions = {
  transaction: Knex.Transaction;
  cluster: string;
  workloads: WorkloadKey[];
  linker: EntityLinker;
  now: Date;
};

const WORKLOAD_COLUMNS = ['namespace', 'workload_kind', 'workload_name'];

/**
 * Makes the running images of some workloads what their pods say: new ones are added and queued, those gone are
 * kept as last known. Returns whether anything changed.
 *
 * Two writers of one cluster (a watch and a change in the catalog) take turns, so that neither writes what it
 * read before the other's change.
 */
export async function reconcileWorkloads(
  options: ReconcileWorkloadsOptions,
): Promise<boolean> {
  const { transaction, cluster } = options;
  const workloads = distinctWorkloads(options.workloads);
  if (workloads.length > 0 && isPostgres(transaction)) {
    await transaction.raw('select pg_advisory_xact_lock(hashtext(?))', [
      `supply-chain/${cluster}`,
    ]);
  }
  let changed = false;
  for (const chunk of chunksOf(workloads, 100)) {
    changed =
      (await reconcileChunk({ ...options, workloads: chunk })) || changed;
  }
  return changed;
}

async function reconcileChunk(
  options: ReconcileWorkloadsOptions,
): Promise<boolean> {
  const { transaction, cluster, workloads, linker, now } = options;
  const keys = workloads.map(each => [each.namespace, each.kind, each.name]);
  const podRows: Pick<PodRow, 'uid' | 'content'>[] = await transaction<PodRow>(
    'pods',
  )
    .where({ cluster })
    .whereIn(WORKLOAD_COLUMNS, keys)
    .orderBy(['feed', 'uid'])
    .select('uid', 'content');
  const stored: RunningImageRow[] = await transaction<RunningImageRow>(
    'running_images',
  )
    .where({ cluster })
    .whereIn(WORKLOAD_COLUMNS, keys);

  const pods = podRows.map(row => JSON.parse(row.content) as ObservedPod);
  const images = aggregatePods({ cluster, pods, linker, now });
  const result = await writeRunningImages({ transaction, images, stored, now });
  await writeLinks({
    transaction,
    images: images.filter(each => result.changedIds.has(each.row.id)),
  });
  await observeSubjects({
    transaction,
    images: images
      .filter(each => result.changedIds.has(each.row.id))
      .map(each => each.row),
    now,
  });
  await requestVerdicts({
    transaction,
    runningImageIds: [...result.changedIds, ...result.goneIds],
  });
  return result.changed;
}

function distinctWorkloads(workloads: WorkloadKey[]): WorkloadKey[] {
  const distinct = new Map<string, WorkloadKey>();
  for (const workload of workloads) {
    const { namespace, kind, name } = workload;
    distinct.set(`${namespace}/${kind}/${name}`, workload);
  }
  return [...distinct.values()];
}
