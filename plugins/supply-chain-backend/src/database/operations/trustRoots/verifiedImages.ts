import { Knex } from 'knex';
import { VisibleEntities } from '../../../permissions/VisibleEntities';
import { countedSummaries } from '../images/countedSummaries';

/** Options of {@link verifiedImages}. */
export type VerifiedImagesOptions = { knex: Knex; visible: VisibleEntities };

/** Running images that count, as far as the caller may see who runs them (L33). */
export function visibleImages(
  options: VerifiedImagesOptions,
): Knex.QueryBuilder {
  return countedSummaries(options).whereNotNull('images.subject_key');
}

/**
 * One row per visible image, trust root, signing system and signer, and per image over all its trust roots
 * (`totals`) the number of its signers and of those that are not of Docker Content Trust. An image counts once
 * however many services run it.
 */
export function verifiedImages(
  options: VerifiedImagesOptions,
): Knex.QueryBuilder {
  const { knex } = options;
  const signed = visibleImages(options)
    .join('image_signers as signers', join =>
      join
        .on('signers.running_image_id', 'images.running_image_id')
        .andOn('signers.entity_ref', 'images.entity_ref'),
    )
    .distinct(
      'images.subject_key',
      'signers.trust_root',
      'signers.scheme',
      'signers.signer_id',
      'signers.signer',
    );
  const totals = knex
    .from('signed')
    .groupBy('subject_key')
    .select('subject_key')
    .countDistinct({ signer_count: 'signer_id' })
    .sum({
      others: knex.raw("case when scheme = 'contentTrust' then 0 else 1 end"),
    });
  return knex
    .with('signed', signed)
    .with('totals', totals)
    .from('signed')
    .join('totals', 'totals.subject_key', 'signed.subject_key');
}
