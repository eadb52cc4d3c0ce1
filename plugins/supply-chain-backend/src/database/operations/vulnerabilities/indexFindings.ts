import { Knex } from 'knex';
import { Judgement } from '../../../stores/VerdictStore';
import { chunksOf } from '../../chunks';
import { FindingSetRow, ImageSummaryRow } from '../../tables';
import { FindingSet, findingSetOf } from './findingSet';
import { lockIndex } from './lockIndex';
import { putFindingSets } from './putFindingSets';
import { releaseFindingSets } from './releaseFindingSets';

/** Options of {@link indexFindings}. */
export type IndexFindingsOptions = {
  transaction: Knex.Transaction;
  judged: { runningImageId: string; judgement: Judgement }[];
};

type Place = Pick<ImageSummaryRow, 'running_image_id' | 'entity_ref'>;
type Stored = Place &
  Pick<ImageSummaryRow, 'finding_set'> & { hash: string | null };
type Change = { place: Place; set?: FindingSet };

/** Makes images findable by what their scans found. Nothing is written where that is what it was. */
export async function indexFindings(
  options: IndexFindingsOptions,
): Promise<void> {
  const { transaction, judged } = options;
  const stored = await readStored(
    transaction,
    judged.map(each => each.runningImageId),
  );
  const changes = judged.flatMap(({ runningImageId, judgement }) => {
    const place = {
      running_image_id: runningImageId,
      entity_ref: judgement.entityRef,
    };
    const set = setOf(judgement);
    const before = stored.find(row => isAt(row, place));
    return (set?.hash ?? null) === (before?.hash ?? null)
      ? []
      : [{ place, ...(set && { set }) }];
  });
  if (changes.length > 0) {
    await lockIndex(transaction);
    await write(transaction, changes);
    await releaseFindingSets({
      transaction,
      setIds: stored
        .filter(row => changes.some(({ place }) => isAt(row, place)))
        .flatMap(row => row.finding_set ?? []),
    });
  }
}

/** Only what runs and counts is found. */
function setOf({ judged, findings }: Judgement): FindingSet | undefined {
  return findings && judged.counted && judged.running
    ? findingSetOf(findings)
    : undefined;
}

function isAt(row: Place, { running_image_id, entity_ref }: Place): boolean {
  return (
    row.running_image_id === running_image_id && row.entity_ref === entity_ref
  );
}

async function readStored(
  transaction: Knex.Transaction,
  runningImageIds: string[],
): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const ids of chunksOf(runningImageIds)) {
    stored.push(
      ...(await transaction<ImageSummaryRow>('image_summaries as images')
        .leftJoin<FindingSetRow>(
          'finding_sets as sets',
          'sets.id',
          'images.finding_set',
        )
        .whereIn('images.running_image_id', ids)
        .select(
          'images.running_image_id',
          'images.entity_ref',
          'images.finding_set',
          'sets.hash',
        )),
    );
  }
  return stored;
}

async function write(
  transaction: Knex.Transaction,
  changes: Change[],
): Promise<void> {
  const ids = await putFindingSets({
    transaction,
    sets: changes.flatMap(({ set }) => set ?? []),
  });
  for (const { place, set } of changes) {
    await transaction<ImageSummaryRow>('image_summaries')
      .where(place)
      .update({ finding_set: set ? ids.get(set.hash)! : null });
  }
}
