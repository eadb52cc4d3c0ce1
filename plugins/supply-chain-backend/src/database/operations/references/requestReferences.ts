import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { chunksOf } from '../../chunks';
import { databaseTime } from '../../databaseTime';
import { ReferenceWorkRow } from '../../tables';
import { whereLinked, whereNotLinked } from './whereLinked';

/** Options of {@link requestReferences}. */
export type RequestReferencesOptions = {
  knex: Knex;
  /** Absent: all of them. */
  runningImageIds?: string[];
};

/** Makes references due to be resolved. One that is under way is done again, as its ticket changes. */
export async function requestReferences(
  options: RequestReferencesOptions,
): Promise<void> {
  const { knex, runningImageIds } = options;
  for (const ids of runningImageIds ? chunksOf(runningImageIds) : [undefined]) {
    const query = knex<ReferenceWorkRow>('reference_work').update({
      next_attempt_at: databaseTime(knex) as never,
      attempts: 0,
      ticket: randomUUID(),
    });
    await (ids ? query.whereIn('running_image_id', ids) : query);
  }
}

/** Makes due what was refused and may be read now, and what was read and may be no longer, because of what runs (L30). */
export async function requestRelinkedReferences(knex: Knex): Promise<void> {
  const refused = { 'named.digest_reason': 'annotatedImageNotAllowed' };
  const runningImageIds: string[] = await knex('reference_work')
    .join(
      'running_images as named',
      'named.id',
      'reference_work.running_image_id',
    )
    .join(
      'running_image_entities as links',
      'links.running_image_id',
      'named.id',
    )
    .where('reference_work.needs_link', true)
    .where(query =>
      query
        .where(inner => {
          inner.where(refused);
          whereLinked(knex, inner);
        })
        .orWhere(inner => {
          inner.whereNull('named.digest_reason');
          whereNotLinked(knex, inner);
        }),
    )
    .pluck('named.id');
  await requestReferences({ knex, runningImageIds });
}
