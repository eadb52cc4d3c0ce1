import { Knex } from 'knex';
import { SbomComponentsRow, SbomRow } from '../../tables';
import { lockContents } from '../retention/contentLock';

/** Forgets what is in digests that no known image has and no report names, and components of nothing. */
export async function forgetSboms(options: { knex: Knex }): Promise<void> {
  await options.knex.transaction(async transaction => {
    await lockContents(transaction);
    await transaction<SbomRow>('sboms')
      .whereNotIn('digest', transaction('subject_digests').select('digest'))
      .whereNotIn(
        'digest',
        transaction('sbom_reports').whereNotNull('digest').select('digest'),
      )
      .delete();
    await transaction<SbomComponentsRow>('sbom_components')
      .whereNotIn('hash', transaction('sboms').select('components_hash'))
      .whereNotIn(
        'hash',
        transaction('cluster_sboms').select('components_hash'),
      )
      .delete();
  });
}
