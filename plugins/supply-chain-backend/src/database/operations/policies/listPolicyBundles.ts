import { PolicyBundle } from 'backstage-plugin-supply-chain-common';
import { Knex } from 'knex';
import { PolicyDocumentRow } from '../../tables';

/** The last good bytes of a source. */
export type LoadedBundle = {
  bundle: PolicyBundle;
  /** RFC 3339. */
  loadedAt?: string;
};

/** The last good bytes of every source that was ever good, with since when they are as they are. */
export async function listPolicyBundles(options: {
  knex: Knex;
}): Promise<LoadedBundle[]> {
  const rows = await options
    .knex<PolicyDocumentRow>('policy_documents')
    .whereNotNull('bundle')
    .orderBy('source')
    .select('bundle', 'loaded_at');
  return rows.map(row => ({
    bundle: JSON.parse(row.bundle!),
    ...(row.loaded_at && { loadedAt: row.loaded_at }),
  }));
}
