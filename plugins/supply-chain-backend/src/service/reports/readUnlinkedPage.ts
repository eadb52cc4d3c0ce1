import { Outcome, schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import {
  countUnlinked,
  listUnlinkedImages,
  UnlinkedImageRow,
} from '../../database/operations/unlinked/listUnlinkedImages';
import {
  listPodLabels,
  workloadText,
} from '../../database/operations/unlinked/listPodLabels';
import { Page } from '../SupplyChainService';
import { linkingAnnotation } from './linkingAnnotation';

/** Options of {@link readUnlinkedPage}. */
export type ReadUnlinkedPageOptions = {
  knex: Knex;
  page: Page;
  sandbox: boolean;
};

/** Running images of workloads of no entity. The caller has been authorised before. */
export async function readUnlinkedPage(
  options: ReadUnlinkedPageOptions,
): Promise<schema.UnlinkedPage> {
  const { knex, page, sandbox } = options;
  const { images } = await countUnlinked({ knex });
  const rows = await listUnlinkedImages({ knex, ...page });
  const labels = await listPodLabels({ knex, workloads: rows });
  return {
    total: images,
    items: rows.map(row =>
      unlinkedRowOf(row, labels.get(workloadText(row)) ?? {}),
    ),
    sandbox,
  };
}

function unlinkedRowOf(
  row: UnlinkedImageRow,
  labels: Record<string, string>,
): schema.UnlinkedRow {
  const reason = row.outcome ? row.reason : 'notCollectedYet';
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    workloadKind: row.workload_kind,
    workloadName: row.workload_name,
    imageRef: row.image_ref,
    ...(row.repository && { repository: row.repository }),
    ...(row.digest && { digest: row.digest }),
    pods: row.pods,
    outcome: (row.outcome ?? 'unknown') as Outcome,
    ...(reason && { reason }),
    annotation: linkingAnnotation({ workloadName: row.workload_name, labels }),
  };
}
