import { JudgedImage } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { ProblemState, problemsOf } from '../../../derivations/problemsOf';
import {
  NOT_LOOKED_AT,
  SummaryColumns,
  summariseEntity,
} from '../../../derivations/summariseEntity';
import {
  EntitySummaryRow,
  HistoryRow,
  ImageSummaryRow,
  RunningImageRow,
} from '../../tables';
import { queueAlerts } from '../alerts/queueAlerts';
import { lastKnownRuns } from '../images/lastKnownRuns';
import { judgedImageOf } from './imageSummaryRow';
import { isCatchingUp } from './isCatchingUp';

/** Options of {@link updateEntitySummaries}. */
export type UpdateEntitySummariesOptions = {
  transaction: Knex.Transaction;
  entityRefs: string[];
  now: Date;
};

/** Sums up entities anew. Two writers of one entity take turns, in order of the refs, so that neither misses the other's images. */
export async function updateEntitySummaries(
  options: UpdateEntitySummariesOptions,
): Promise<void> {
  const refs = [...new Set(options.entityRefs)].filter(ref => ref !== '');
  for (const entityRef of refs.sort()) {
    await updateEntitySummary({ ...options, entityRef });
  }
}

type UpdateOptions = UpdateEntitySummariesOptions & { entityRef: string };

async function updateEntitySummary(options: UpdateOptions): Promise<void> {
  const { transaction, entityRef, now } = options;
  await transaction<EntitySummaryRow>('entity_summaries')
    .insert(emptyRow(entityRef))
    .onConflict('entity_ref')
    .ignore();
  const stored = (await transaction<EntitySummaryRow>('entity_summaries')
    .where({ entity_ref: entityRef })
    .forUpdate()
    .first())!;
  const judged = await readPlaced(transaction, entityRef);
  if (judged.length === 0) {
    await transaction<EntitySummaryRow>('entity_summaries')
      .where({ entity_ref: entityRef })
      .delete();
    return;
  }
  // What the tab of the entity shows is what is summed up.
  const shown = new Set(
    lastKnownRuns(await readRuns(transaction, entityRef)).map(run => run.id),
  );
  const images = judged
    .filter(each => shown.has(each.runningImageId))
    .map(each => each.image);
  const before = stored.hash === '' ? undefined : stored;
  const settledBefore = Boolean(before?.settled);
  const catchingUp =
    !settledBefore && (await isCatchingUp({ transaction, entityRef }));
  const columns = summariseEntity({
    entityRef,
    images,
    settled: settledBefore,
    catchingUp,
  });
  const previous: ProblemState | undefined =
    before && JSON.parse(before.problems);
  const { state, news } = problemsOf({ images, previous, catchingUp });
  const problems = JSON.stringify(state);
  if (before?.hash !== columns.hash || before.problems !== problems) {
    const changed = before?.outcome !== columns.outcome;
    await transaction<EntitySummaryRow>('entity_summaries')
      .where({ entity_ref: entityRef })
      .update({
        ...columns,
        problems,
        ...(isTold(columns) && { told_outcome: columns.outcome }),
        ...(changed && { changed_at: now.toISOString() }),
      });
  }
  await recordServiceChange({ transaction, before, columns, now });
  await queueAlerts({ transaction, entityRef, news, now });
}

/** What is only named by an annotation makes no service: it neither counts nor makes news. */
async function readPlaced(
  transaction: Knex.Transaction,
  entityRef: string,
): Promise<{ runningImageId: string; image: JudgedImage }[]> {
  const rows: ImageSummaryRow[] = await transaction<ImageSummaryRow>(
    'image_summaries',
  ).where({ entity_ref: entityRef });
  return rows
    .map(row => ({
      runningImageId: row.running_image_id,
      image: judgedImageOf(row),
    }))
    .filter(({ image }) => image.placement);
}

async function readRuns(
  transaction: Knex.Transaction,
  entityRef: string,
): Promise<RunningImageRow[]> {
  return transaction<RunningImageRow>('running_images').whereIn(
    'id',
    transaction<ImageSummaryRow>('image_summaries')
      .where({ entity_ref: entityRef })
      .select('running_image_id'),
  );
}

function emptyRow(
  entityRef: string,
): Omit<
  EntitySummaryRow,
  | 'evaluated_at'
  | 'changed_at'
  | 'reason'
  | 'signature_outcome'
  | 'provenance_outcome'
  | 'registry_outcome'
  | 'scan_outcome'
  | 'told_outcome'
> {
  return {
    entity_ref: entityRef,
    outcome: 'unknown',
    outcome_rank: 0,
    running: false,
    settled: false,
    signed_pass: 0,
    signed_applicable: 0,
    signed_unknown: 0,
    provenance_pass: 0,
    provenance_applicable: 0,
    provenance_unknown: 0,
    registry_pass: 0,
    registry_applicable: 0,
    registry_unknown: 0,
    fixable_critical: 0,
    images: 0,
    clusters: '[]',
    summary: '{}',
    problems: '{"failing":{},"known":[]}',
    hash: '',
  };
}

// Every new image is "not looked at yet" for a moment: a deployment is no change of the service.
function isTold(columns: Pick<EntitySummaryRow, 'reason'>): boolean {
  return columns.reason !== NOT_LOOKED_AT;
}

/** What is found while everything is looked at for the first time is no change. */
async function recordServiceChange(options: {
  transaction: Knex.Transaction;
  before: EntitySummaryRow | undefined;
  columns: SummaryColumns;
  now: Date;
}): Promise<void> {
  const { transaction, before, columns, now } = options;
  const told = before?.told_outcome;
  if (
    !before?.settled ||
    !told ||
    !isTold(columns) ||
    told === columns.outcome
  ) {
    return;
  }
  const { worst } = JSON.parse(columns.summary);
  await transaction<HistoryRow>('history').insert({
    at: now.toISOString(),
    kind: 'service',
    entity_ref: columns.entity_ref,
    image_ref: worst?.imageRef ?? null,
    outcome: columns.outcome,
    previous_outcome: told,
    reason: columns.reason,
  });
}
