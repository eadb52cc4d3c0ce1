import { schema } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { listSources } from '../../database/operations/sources/listSources';
import { readQueueHealth } from '../../database/operations/sources/readQueueHealth';
import { SourceHealthRow } from '../../database/tables';
import {
  seesEverything,
  VisibleEntities,
} from '../../permissions/VisibleEntities';

/** Options of {@link readSourceHealth}. */
export type ReadSourceHealthOptions = {
  knex: Knex;
  visible: VisibleEntities;
  sandbox: boolean;
};

/** Every source with its state, and the queue. The caller has been authorised before. */
export async function readSourceHealth(
  options: ReadSourceHealthOptions,
): Promise<schema.SourceHealth> {
  const { knex, visible, sandbox } = options;
  const rows = await listSources({ knex });
  const complete = seesEverything(visible);
  return {
    sources: rows.map(row => sourceOf(row, complete)),
    queue: await readQueueHealth({ knex }),
    sandbox,
  };
}

function sourceOf(row: SourceHealthRow, complete: boolean): schema.Source {
  const message = complete || !namesContent(row) ? row.message : null;
  // How many entries a public list has tells of nothing that runs.
  const items = complete || row.kind === 'exploitData' ? row.items : null;
  return {
    kind: row.kind as schema.Source['kind'],
    name: row.name,
    state: row.state as schema.Source['state'],
    ...(row.feed && { feed: row.feed }),
    ...(row.reason && { reason: row.reason }),
    ...(message && { message }),
    ...(row.last_success_at && { lastSuccessAt: row.last_success_at }),
    ...(row.last_failure_at && { lastFailureAt: row.last_failure_at }),
    ...(row.next_try_at && { nextTryAt: row.next_try_at }),
    ...(items !== null && { items }),
  };
}

/**
 * Whether the message may name a repository or an object in a cluster, and so something hidden (L33). What is down
 * tells of its connection only.
 */
function namesContent({ kind, state }: SourceHealthRow): boolean {
  switch (kind) {
    case 'registry':
      return true;
    case 'cluster':
    case 'scanner':
    case 'enforcer':
    case 'checks':
    case 'contents':
      return state !== 'down';
    default:
      return false;
  }
}
