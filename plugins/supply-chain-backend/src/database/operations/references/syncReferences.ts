import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { annotatedReferences } from '../../../catalog/annotatedReferences';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import {
  EntityRow,
  ReferenceWorkRow,
  RunningImageEntityRow,
  RunningImageRow,
} from '../../tables';
import { requestVerdicts } from '../verdicts/requestVerdicts';
import { annotatedRow, isResolvable } from './annotatedRow';
import { removeReferences } from './removeReferences';

/** Options of {@link syncReferences}. */
export type SyncReferencesOptions = {
  transaction: Knex.Transaction;
  /** Entities as the catalog holds them. */
  rows: EntityRow[];
  /** Whether these are all there are. */
  complete: boolean;
  now: Date;
};

/**
 * Makes the annotated images what the annotations of some entities name. What is named as before is left alone.
 * Returns whether anything changed.
 */
export async function syncReferences(
  options: SyncReferencesOptions,
): Promise<boolean> {
  const { transaction, rows, complete, now } = options;
  const wanted = new Map<string, { entityRef: string; row: RunningImageRow }>();
  for (const { ref: entityRef, annotations } of rows) {
    for (const reference of annotatedReferences({ annotations })) {
      const row = annotatedRow({ entityRef, reference, now });
      wanted.set(row.id, { entityRef, row });
    }
  }
  const read = new Set(rows.map(row => row.ref));
  const stored = await listAnnotated(transaction);
  const gone = [...stored].filter(
    ([id, entityRef]) =>
      !wanted.has(id) &&
      // What belongs to nobody is left over from an entity that was just removed.
      (complete || entityRef === null || read.has(entityRef)),
  );
  await removeReferences({
    transaction,
    runningImageIds: gone.map(([id]) => id),
  });
  const added = [...wanted.values()]
    .filter(({ row }) => !stored.has(row.id))
    // Sorted, so that two writers never wait for each other in a circle.
    .sort((left, right) => (left.row.id < right.row.id ? -1 : 1));
  await addReferences(transaction, added);
  return gone.length > 0 || added.length > 0;
}

/** All there are, with the entity of each. */
async function listAnnotated(
  transaction: Knex.Transaction,
): Promise<Map<string, string | null>> {
  const rows: { id: string; entity_ref: string | null }[] = await transaction(
    'running_images',
  )
    .leftJoin(
      'running_image_entities as links',
      'links.running_image_id',
      'running_images.id',
    )
    .where('running_images.annotated', true)
    .select('running_images.id', 'links.entity_ref');
  return new Map(rows.map(row => [row.id, row.entity_ref]));
}

async function addReferences(
  transaction: Knex.Transaction,
  added: { entityRef: string; row: RunningImageRow }[],
): Promise<void> {
  for (const chunk of chunksOf(added)) {
    await transaction<RunningImageRow>('running_images')
      .insert(chunk.map(({ row }) => row))
      .onConflict('id')
      .ignore();
    await transaction<RunningImageEntityRow>('running_image_entities')
      .insert(
        chunk.map(({ row, entityRef }) => ({
          running_image_id: row.id,
          entity_ref: entityRef,
        })),
      )
      .onConflict(['running_image_id', 'entity_ref'])
      .ignore();
    const work = chunk.filter(({ row }) => isResolvable(row));
    if (work.length > 0) {
      await transaction<ReferenceWorkRow>('reference_work')
        .insert(work.map(({ row }) => workOf(transaction, row)))
        .onConflict('running_image_id')
        .ignore();
    }
  }
  await requestVerdicts({
    transaction,
    runningImageIds: added.map(({ row }) => row.id),
  });
}

function workOf(
  transaction: Knex.Transaction,
  row: RunningImageRow,
): ReferenceWorkRow {
  return {
    running_image_id: row.id,
    needs_link: false,
    next_attempt_at: databaseTime(transaction) as never,
    attempts: 0,
    ticket: randomUUID(),
    lease_holder: null,
    lease_expires_at: null,
  };
}
