import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { RunningImageRow } from '../../tables';
import { LinkedRunningImage } from './aggregatePods';

/** Options of {@link writeRunningImages}. */
export type WriteRunningImagesOptions = {
  transaction: Knex.Transaction;
  /** As they are now. */
  images: LinkedRunningImage[];
  /** As they are stored, of the same workloads. */
  stored: RunningImageRow[];
  now: Date;
};

/** What {@link writeRunningImages} found. */
export type WriteRunningImagesResult = {
  /** New, running again, or different in something verdicts depend on. */
  changedIds: Set<string>;
  /** No longer running. */
  goneIds: Set<string>;
  /** Whether anything at all was written. */
  changed: boolean;
};

// What is shown but changes no verdict.
const SHOWN_COLUMNS = ['pods', 'waiting_reason'] as const;

/** Writes the running images of some workloads. */
export async function writeRunningImages(
  options: WriteRunningImagesOptions,
): Promise<WriteRunningImagesResult> {
  const { transaction, images, now } = options;
  const stored = new Map(options.stored.map(row => [row.id, row]));
  const changedIds = new Set<string>();
  const written: RunningImageRow[] = [];
  for (const { row } of images) {
    const before = stored.get(row.id);
    const differs = !before || !before.running || before.hash !== row.hash;
    if (differs) {
      changedIds.add(row.id);
    }
    if (differs || SHOWN_COLUMNS.some(key => before[key] !== row[key])) {
      written.push({
        ...row,
        first_seen: before?.first_seen ?? row.first_seen,
      });
    }
  }
  const present = new Set(images.map(each => each.row.id));
  const goneIds = new Set(
    options.stored
      .filter(row => row.running && !present.has(row.id))
      .map(row => row.id),
  );
  for (const chunk of chunksOf(written)) {
    await transaction<RunningImageRow>('running_images')
      .insert(chunk)
      .onConflict('id')
      .merge();
  }
  for (const chunk of chunksOf([...goneIds])) {
    await transaction<RunningImageRow>('running_images')
      .whereIn('id', chunk)
      .update({ running: false, last_seen: now.toISOString() });
  }
  return {
    changedIds,
    goneIds,
    changed: written.length > 0 || goneIds.size > 0,
  };
}
