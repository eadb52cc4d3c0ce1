import { Outcome, schema } from 'backstage-plugin-supply-chain-common';
import { listImageHistory } from '../../database/operations/history/listImageHistory';
import { HistoryRow } from '../../database/tables';
import { Page } from '../SupplyChainService';
import { readVisibleImage, ReadVisibleImageOptions } from './readVisibleImage';

/** Options of {@link readHistoryPage}. */
export type ReadHistoryPageOptions = ReadVisibleImageOptions & { page: Page };

/** What changed about an image, newest first; its beginning is when the caller could first see it run (L33). */
export async function readHistoryPage(
  options: ReadHistoryPageOptions,
): Promise<schema.HistoryPage> {
  const { knex, repository, digest, page } = options;
  const { runs, firstSeen } = await readVisibleImage(options);
  const entityRefs = new Set(runs.map(({ run }) => run.entity_ref));
  const { total, rows } = await listImageHistory({
    knex,
    repository,
    digest,
    entityRefs: [...entityRefs].filter(ref => ref !== ''),
    unlinked: entityRefs.has(''),
    since: firstSeen,
    ...page,
  });
  const items = rows.map(historyEntryOf);
  if (page.offset <= total && items.length < page.limit) {
    items.push({ at: firstSeen, kind: 'firstSeen' });
  }
  return { total: total + 1, items };
}

function historyEntryOf(row: HistoryRow): schema.HistoryEntry {
  return {
    at: row.at,
    kind: row.kind as schema.HistoryEntry['kind'],
    ...(row.outcome && { outcome: row.outcome as Outcome }),
    ...(row.previous_outcome && {
      previousOutcome: row.previous_outcome as Outcome,
    }),
    ...(row.status && { status: row.status }),
    ...(row.previous_status && { previousStatus: row.previous_status }),
    ...(row.level !== null && { level: row.level }),
    ...(row.previous_level !== null && { previousLevel: row.previous_level }),
    ...(row.source && { source: row.source }),
    ...(row.previous_source && { previousSource: row.previous_source }),
    ...(row.reason && { reason: row.reason }),
    ...(row.policy && { policy: row.policy }),
  };
}
