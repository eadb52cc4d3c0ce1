import { Knex } from 'knex';
import { JudgedTask, VerdictChange } from '../../../stores/VerdictStore';
import { HistoryRow } from '../../tables';
import {
  ImageState,
  ProvenanceState,
  readImageStates,
} from '../summaries/readImageStates';

/** Options of {@link recordImageChanges}. */
export type RecordImageChangesOptions = {
  transaction: Knex.Transaction;
  /** States before the write. */
  before: Map<string, ImageState>;
  judged: JudgedTask[];
  now: Date;
};

/** While nobody has looked there is nothing to compare with. */
const NOT_LOOKED_AT = 'notCollectedYet';

/**
 * Adds to the history what changed about images, once for each entity however many places an image runs in.
 * Returns the changes of outcome.
 */
export async function recordImageChanges(
  options: RecordImageChangesOptions,
): Promise<VerdictChange[]> {
  const { transaction, before, judged, now } = options;
  const after = await readImageStates({
    transaction,
    runningImageIds: judged.map(each => each.task.runningImageId),
    judged,
  });
  const references = new Map(
    judged
      .flatMap(each => each.judgements)
      .map(({ judged: { key, imageRef } }) => [key, imageRef]),
  );
  const rows: Omit<HistoryRow, 'id'>[] = [];
  const changes: VerdictChange[] = [];
  for (const [key, state] of after) {
    const known = before.get(key);
    const previous = known?.reason === NOT_LOOKED_AT ? undefined : known;
    const imageRef = references.get(state.subjectKey) ?? '';
    if (state.reason !== NOT_LOOKED_AT) {
      rows.push(...historyRowsOf({ state, previous, imageRef, now }));
    }
    if (state.outcome !== known?.outcome) {
      changes.push({
        ...placeOf(state),
        entityRef: state.entityRef,
        imageRef,
        outcome: state.outcome,
        ...(known && { previousOutcome: known.outcome }),
        ...(state.reason && { reason: state.reason }),
      });
    }
  }
  if (rows.length > 0) {
    await transaction<HistoryRow>('history').insert(rows);
  }
  return changes;
}

function placeOf(state: ImageState): { repository: string; digest: string } {
  const at = state.subjectKey.lastIndexOf('@');
  return {
    repository: state.subjectKey.slice(0, at),
    digest: state.subjectKey.slice(at + 1),
  };
}

function historyRowsOf(options: {
  state: ImageState;
  previous: ImageState | undefined;
  imageRef: string;
  now: Date;
}): Omit<HistoryRow, 'id'>[] {
  const { state, previous, imageRef, now } = options;
  const common = {
    at: now.toISOString(),
    ...placeOf(state),
    entity_ref: state.entityRef,
    running_image_id: null,
    image_ref: imageRef,
    outcome: null,
    previous_outcome: null,
    status: null,
    previous_status: null,
    level: null,
    previous_level: null,
    source: null,
    previous_source: null,
    reason: null,
    policy: null,
  };
  const rows: Omit<HistoryRow, 'id'>[] = [];
  if (state.outcome !== previous?.outcome) {
    rows.push({
      ...common,
      kind: 'verdict',
      outcome: state.outcome,
      previous_outcome: previous?.outcome ?? null,
      reason: state.reason ?? null,
    });
  }
  if (
    state.signatureStatus &&
    state.signatureStatus !== previous?.signatureStatus
  ) {
    rows.push({
      ...common,
      kind: 'signature',
      status: state.signatureStatus,
      previous_status: previous?.signatureStatus ?? null,
    });
  }
  if (
    state.provenance &&
    !isSameProvenance(state.provenance, previous?.provenance)
  ) {
    rows.push({
      ...common,
      kind: 'provenance',
      ...provenanceChange(state.provenance, previous?.provenance),
    });
  }
  if (
    state.vulnerabilityOutcome &&
    state.vulnerabilityOutcome !== previous?.vulnerabilityOutcome
  ) {
    rows.push({
      ...common,
      kind: 'vulnerabilities',
      outcome: state.vulnerabilityOutcome,
      previous_outcome: previous?.vulnerabilityOutcome ?? null,
    });
  }
  return rows;
}

function isSameProvenance(
  left: ProvenanceState,
  right: ProvenanceState | undefined,
): boolean {
  return (
    left.status === right?.status &&
    left.level === right.level &&
    left.source === right.source
  );
}

function provenanceChange(
  next: ProvenanceState,
  previous: ProvenanceState | undefined,
) {
  return {
    status: next.status,
    previous_status: previous?.status ?? null,
    level: next.level,
    previous_level: previous?.level ?? null,
    source: next.source ?? null,
    previous_source: previous?.source ?? null,
  };
}
