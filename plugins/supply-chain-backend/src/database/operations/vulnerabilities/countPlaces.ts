import { Knex } from 'knex';
import { SET_ASIDE_RANK } from './foundRank';

/** Where a vulnerability runs and counts. */
export type PlaceCounts = {
  images: number;
  services: number;
  /** Images where VEX sets it aside; absent, none. */
  imagesNotAffected?: number;
  /** Set when there are more than were counted. */
  atLeast?: true;
};

/** Options of {@link countPlaces}. */
export type CountPlacesOptions = { knex: Knex; name: string };

/** A page of vulnerabilities that are in every image must not read the whole fleet once for each. */
const MOST_COUNTED = 1000;

/** In how many images and services a vulnerability runs, for somebody who sees them all. */
export async function countPlaces(
  options: CountPlacesOptions,
): Promise<PlaceCounts> {
  const { knex, name } = options;
  const places = knex('finding_set_members as members')
    .join('image_summaries as images', 'images.finding_set', 'members.set_id')
    .whereIn(
      'members.vulnerability_id',
      knex('vulnerabilities').where({ name }).select('id'),
    )
    .limit(MOST_COUNTED + 1)
    .select('images.subject_key', 'images.entity_ref', {
      rank: 'members.severity',
    });
  const [row]: (StoredPlaceCounts & { read: unknown })[] = await countedPlaces(
    knex,
    knex.from(places.as('places')),
  ).count({
    read: '*',
  });
  return {
    ...placeCountsOf(row),
    ...(Number(row.read) > MOST_COUNTED && { atLeast: true as const }),
  };
}

/** What {@link countedPlaces} selects. */
export type StoredPlaceCounts = {
  images: unknown;
  services: unknown;
  every: unknown;
};

/** Counts places of a query by `subject_key`, `entity_ref` and `rank`. */
export function countedPlaces(
  knex: Knex,
  query: Knex.QueryBuilder,
  columns = { subject: 'subject_key', entity: 'entity_ref', rank: 'rank' },
): Knex.QueryBuilder {
  const counts = (column: string) =>
    knex.raw('case when ?? < ? then nullif(??, ?) end', [
      columns.rank,
      SET_ASIDE_RANK,
      column,
      '',
    ]);
  return query.countDistinct({
    images: counts(columns.subject),
    services: counts(columns.entity),
    every: columns.subject,
  });
}

/** The same, read back. */
export function placeCountsOf(row: StoredPlaceCounts): PlaceCounts {
  // PostgreSQL returns counts as text.
  const images = Number(row.images);
  const imagesNotAffected = Number(row.every) - images;
  return {
    images,
    services: Number(row.services),
    ...(imagesNotAffected > 0 && { imagesNotAffected }),
  };
}
