import { Knex } from 'knex';
import { SbomComponentsRow, SbomRow } from '../../tables';

/** Forgets what is in digests that no known image has and no report names, and components of nothing. */
export async function forgetSboms(options: { knex: Knex }): Promise<void> {
  const { knex } = options;
  await knex<SbomRow>('sboms')
    .whereNotIn('digest', knex('subject_digests').select('digest'))
    .whereNotIn(
      'digest',
      knex('sbom_reports').whereNotNull('digest').select('digest'),
    )
    .delete();
  await knex<SbomComponentsRow>('sbom_components')
    .whereNotIn('hash', knex('sboms').select('components_hash'))
    .whereNotIn('hash', knex('cluster_sboms').select('components_hash'))
    .delete();
}
