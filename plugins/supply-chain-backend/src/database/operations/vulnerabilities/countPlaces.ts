import { Knex } from 'knex';

/** Where a vulnerability runs. */
export type PlaceCounts = {
  images: number;
  services: number;
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
    .select('images.subject_key', 'images.entity_ref');
  const [row] = await knex
    .from(places.as('places'))
    .count({ read: '*' })
    .countDistinct({ images: 'subject_key' })
    .countDistinct({ services: knex.raw("nullif(entity_ref, '')") });
  // PostgreSQL returns counts as text.
  return {
    images: Number(row.images),
    services: Number(row.services),
    ...(Number(row.read) > MOST_COUNTED && { atLeast: true as const }),
  };
}
