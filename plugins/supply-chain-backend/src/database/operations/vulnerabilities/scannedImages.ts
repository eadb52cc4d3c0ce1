import { Knex } from 'knex';
import {
  countedSummaries,
  CountedSummariesOptions,
} from '../images/countedSummaries';

/** Options of {@link scannedImages}. */
export type ScannedImagesOptions = CountedSummariesOptions & {
  /** Only images of services of these; refs, lower case. */
  owners?: readonly string[];
};

/** Running images that a scan speaks for, `image_summaries as images`, as far as the caller may see who runs them (L33). */
export function scannedImages(
  options: ScannedImagesOptions,
): Knex.QueryBuilder {
  return ownedImages(options).whereNotNull('images.finding_set');
}

/** The same, joined with what was found in each (`finding_set_members as members`). */
export function membersOf(options: ScannedImagesOptions): Knex.QueryBuilder {
  return scannedImages(options).join(
    'finding_set_members as members',
    'members.set_id',
    'images.finding_set',
  );
}

/** How many running images no scan speaks for: what they hold is in no list, and is not nothing (L8). */
export async function countUnscanned(
  options: ScannedImagesOptions,
): Promise<number> {
  const [{ count }] = await ownedImages(options)
    .whereNull('images.finding_set')
    .countDistinct({ count: 'images.counted_key' });
  // PostgreSQL returns counts as text.
  return Number(count);
}

function ownedImages(options: ScannedImagesOptions): Knex.QueryBuilder {
  const { knex, owners } = options;
  const query = countedSummaries(options);
  return owners === undefined
    ? query
    : query.whereIn(
        'images.entity_ref',
        knex('entities')
          .whereIn('owner', [...owners])
          .select('ref'),
      );
}
